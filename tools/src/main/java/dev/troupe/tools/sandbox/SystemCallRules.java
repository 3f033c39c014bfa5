package dev.troupe.tools.sandbox;

import java.util.ArrayList;
import java.util.List;

/**
 * Which system calls are refused, with their numbers on both machines (from the kernel's {@code syscall_64.tbl} and
 * {@code asm-generic/unistd.h}) and the error that a program sees. {@code ENOSYS} where a library then falls back to
 * something older, {@code EPERM} where there is nothing to fall back to.
 */
final class SystemCallRules {
    static final int EPERM = 1;
    static final int ENOSYS = 38;
    static final int EOPNOTSUPP = 95;
    static final int EAFNOSUPPORT = 97;

    /** {@code CLONE_NEW*}: mount, cgroup, UTS, IPC, user, PID and network namespaces. */
    static final int NEW_NAMESPACES = 0x7E020000;

    /** Set-user-id and set-group-id in a file's mode. */
    static final int SET_ID = 06000;

    private static final int AF_UNIX = 1;
    private static final int AF_INET = 2;
    private static final int SOCK_STREAM = 1;
    /** What of a socket's type is the type; flags come above. */
    private static final int SOCK_TYPE = 0xf;

    private static final int TIOCSTI = 0x5412;
    private static final int TIOCLINUX = 0x541C;

    /** The machine has no such call. */
    private static final int NONE = -1;

    static final List<Rule> ALL = all(false);

    /** The same where programs reach a proxy on their own loopback: TCP over IPv4 besides. */
    static final List<Rule> WITH_NETWORK = all(true);

    private SystemCallRules() {}

    /** When a call is refused; arguments count from 0, and their low 32 bits are looked at. */
    sealed interface When {}

    record Always() implements When {}

    record AnyBit(int argument, int mask) implements When {}

    record Equal(int argument, int value) implements When {}

    record NotEqual(int argument, int value) implements When {}

    record NeitherOf(int argument, int one, int other) implements When {}

    /** The argument is this value, and what the mask leaves of another argument is not that one. */
    record EqualBut(int argument, int value, int other, int mask, int only) implements When {}

    record Rule(String name, int x86, int arm, int error, When when) {
        int number(SystemCallFilter.Machine machine) {
            return machine == SystemCallFilter.Machine.X86_64 ? x86 : arm;
        }
    }

    private static List<Rule> all(boolean network) {
        List<Rule> rules = new ArrayList<>();
        otherProcesses(rules);
        mountsAndNamespaces(rules);
        kernel(rules);
        memoryBesideTheBooks(rules);
        sockets(rules, network);
        files(rules);
        return List.copyOf(rules);
    }

    private static void otherProcesses(List<Rule> rules) {
        refuse(rules, "ptrace", 101, 117, EPERM);
        refuse(rules, "process_vm_readv", 310, 270, EPERM);
        refuse(rules, "process_vm_writev", 311, 271, EPERM);
        refuse(rules, "process_madvise", 440, 440, EPERM);
        refuse(rules, "kcmp", 312, 272, EPERM);
        refuse(rules, "pidfd_getfd", 438, 438, EPERM);
        refuse(rules, "move_pages", 279, 239, EPERM);
        refuse(rules, "migrate_pages", 256, 238, EPERM);
        refuse(rules, "perf_event_open", 298, 241, EPERM);
        // Pushes characters into a terminal's input.
        rules.add(new Rule("ioctl", 16, 29, EPERM, new Equal(1, TIOCSTI)));
        rules.add(new Rule("ioctl", 16, 29, EPERM, new Equal(1, TIOCLINUX)));
    }

    private static void mountsAndNamespaces(List<Rule> rules) {
        refuse(rules, "mount", 165, 40, EPERM);
        refuse(rules, "umount2", 166, 39, EPERM);
        refuse(rules, "pivot_root", 155, 41, EPERM);
        refuse(rules, "chroot", 161, 51, EPERM);
        refuse(rules, "open_tree", 428, 428, EPERM);
        refuse(rules, "move_mount", 429, 429, EPERM);
        refuse(rules, "fsopen", 430, 430, EPERM);
        refuse(rules, "fsconfig", 431, 431, EPERM);
        refuse(rules, "fsmount", 432, 432, EPERM);
        refuse(rules, "fspick", 433, 433, EPERM);
        refuse(rules, "mount_setattr", 442, 442, EPERM);
        refuse(rules, "setns", 308, 268, EPERM);
        refuse(rules, "unshare", 272, 97, EPERM);
        rules.add(new Rule("clone", 56, 220, EPERM, new AnyBit(0, NEW_NAMESPACES)));
        // Its flags are behind a pointer, where a filter cannot look; libraries fall back to clone.
        refuse(rules, "clone3", 435, 435, ENOSYS);
        refuse(rules, "name_to_handle_at", 303, 264, EPERM);
        refuse(rules, "open_by_handle_at", 304, 265, EPERM);
        refuse(rules, "fanotify_init", 300, 262, EPERM);
    }

    private static void kernel(List<Rule> rules) {
        refuse(rules, "bpf", 321, 280, EPERM);
        refuse(rules, "userfaultfd", 323, 282, EPERM);
        refuse(rules, "io_uring_setup", 425, 425, ENOSYS);
        refuse(rules, "io_uring_enter", 426, 426, ENOSYS);
        refuse(rules, "io_uring_register", 427, 427, ENOSYS);
        refuse(rules, "add_key", 248, 217, EPERM);
        refuse(rules, "request_key", 249, 218, EPERM);
        refuse(rules, "keyctl", 250, 219, EPERM);
        refuse(rules, "init_module", 175, 105, EPERM);
        refuse(rules, "finit_module", 313, 273, EPERM);
        refuse(rules, "delete_module", 176, 106, EPERM);
        refuse(rules, "kexec_load", 246, 104, EPERM);
        refuse(rules, "kexec_file_load", 320, 294, EPERM);
        refuse(rules, "reboot", 169, 142, EPERM);
        refuse(rules, "swapon", 167, 224, EPERM);
        refuse(rules, "swapoff", 168, 225, EPERM);
        refuse(rules, "syslog", 103, 116, EPERM);
        refuse(rules, "acct", 163, 89, EPERM);
        refuse(rules, "quotactl", 179, 60, EPERM);
        refuse(rules, "quotactl_fd", 443, 443, EPERM);
        refuse(rules, "settimeofday", 164, 170, EPERM);
        refuse(rules, "clock_settime", 227, 112, EPERM);
        refuse(rules, "clock_adjtime", 305, 266, EPERM);
        refuse(rules, "adjtimex", 159, 171, EPERM);
        refuse(rules, "sethostname", 170, 161, EPERM);
        refuse(rules, "setdomainname", 171, 162, EPERM);
        refuse(rules, "personality", 135, 92, EPERM);
        refuse(rules, "vhangup", 153, 58, EPERM);
        refuse(rules, "iopl", 172, NONE, EPERM);
        refuse(rules, "ioperm", 173, NONE, EPERM);
        refuse(rules, "modify_ldt", 154, NONE, EPERM);
        refuse(rules, "uselib", 134, NONE, EPERM);
    }

    /** Memory that belongs to no process's resident set, so that a watcher would not see it. */
    private static void memoryBesideTheBooks(List<Rule> rules) {
        refuse(rules, "memfd_create", 319, 279, ENOSYS);
        refuse(rules, "memfd_secret", 447, 447, ENOSYS);
        refuse(rules, "shmget", 29, 194, ENOSYS);
        refuse(rules, "msgget", 68, 186, ENOSYS);
        refuse(rules, "mq_open", 240, 180, ENOSYS);
    }

    private static void sockets(List<Rule> rules, boolean network) {
        if (network) {
            rules.add(new Rule("socket", 41, 198, EAFNOSUPPORT, new NeitherOf(0, AF_UNIX, AF_INET)));
            When datagrams = new EqualBut(0, AF_INET, 1, SOCK_TYPE, SOCK_STREAM);
            rules.add(new Rule("socket", 41, 198, EAFNOSUPPORT, datagrams));
        } else {
            rules.add(new Rule("socket", 41, 198, EAFNOSUPPORT, new NotEqual(0, AF_UNIX)));
        }
        rules.add(new Rule("socketpair", 53, 199, EAFNOSUPPORT, new NotEqual(0, AF_UNIX)));
    }

    private static void files(List<Rule> rules) {
        // Takes space in no time, faster than any watcher; libraries fall back to writing.
        refuse(rules, "fallocate", 285, 47, EOPNOTSUPP);
        // A file in the work folder belongs to Troupe's user; as a set-user-id program it would act for them.
        rules.add(new Rule("chmod", 90, NONE, EPERM, new AnyBit(1, SET_ID)));
        rules.add(new Rule("fchmod", 91, 52, EPERM, new AnyBit(1, SET_ID)));
        rules.add(new Rule("fchmodat", 268, 53, EPERM, new AnyBit(2, SET_ID)));
        rules.add(new Rule("fchmodat2", 452, 452, EPERM, new AnyBit(2, SET_ID)));
        rules.add(new Rule("creat", 85, NONE, EPERM, new AnyBit(1, SET_ID)));
        rules.add(new Rule("open", 2, NONE, EPERM, new AnyBit(2, SET_ID)));
        rules.add(new Rule("openat", 257, 56, EPERM, new AnyBit(3, SET_ID)));
        refuse(rules, "openat2", 437, 437, ENOSYS);
        rules.add(new Rule("mknod", 133, NONE, EPERM, new AnyBit(1, SET_ID)));
        rules.add(new Rule("mknodat", 259, 33, EPERM, new AnyBit(2, SET_ID)));
    }

    private static void refuse(List<Rule> rules, String name, int x86, int arm, int error) {
        rules.add(new Rule(name, x86, arm, error, new Always()));
    }
}
