package dev.troupe.tools.sandbox;

/**
 * What stands between a program and the machine, one by one, so that the hostile suite can take each away and see what
 * happens. Outside of tests all of them are up.
 */
enum Defence {
    /** The root is an empty one with only what running needs in it. */
    OWN_ROOT,
    /** The root, {@code /proc} and {@code /dev} cannot be written. */
    READ_ONLY_ROOT,
    /** {@code /tmp} is the run's own. */
    PRIVATE_TMP,
    /** Granted files are mounted read-only. */
    READ_ONLY_GRANTS,
    /** No network device but an idle loopback, no abstract socket of others. */
    NETWORK_NAMESPACE,
    /** No process of others can be seen or signalled, and all of the run's die with the first. */
    PROCESS_NAMESPACE,
    /** No shared memory or semaphore of others. */
    IPC_NAMESPACE,
    /** No user namespaces can be made inside, with their false root. */
    NO_USER_NAMESPACES,
    /** No capability is left. */
    NO_CAPABILITIES,
    /** System calls that no program for a question needs are refused. */
    SYSTEM_CALLS,
    /** No variable of Troupe's environment is handed on. */
    CLEAN_ENVIRONMENT,
    /** Neither the terminal nor the process group of Troupe is shared. */
    NEW_SESSION,
    /** All of the run ends when the program or Troupe does. */
    DIE_TOGETHER,
    WALL_LIMIT,
    CPU_LIMIT,
    MEMORY_LIMIT,
    PROCESS_LIMIT,
    /** What all files together may hold. */
    DISK_LIMIT,
    /** How large one file may become; the kernel holds it. */
    FILE_SIZE_LIMIT,
    OUTPUT_LIMIT,
    /** Mount points in the work folder are checked before each run: no link leads a mount elsewhere. */
    MOUNT_POINTS,
    /** Links that a program left are not followed when its files are collected. */
    ARTIFACTS_NOT_FOLLOWED
}
