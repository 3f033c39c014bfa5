package dev.troupe.tools.sandbox;

import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import java.time.Duration;

/**
 * What one run may use up. Each holds for the program and everything that it starts, together.
 *
 * @param wall time from start to end
 * @param cpu time on processors, of all its processes
 * @param memory bytes resident; {@code /tmp} may hold half as much again and {@code /dev/shm} a quarter where memory is
 *     watched rather than held by the kernel
 * @param processes processes and threads
 * @param disk bytes that the work folder may hold; also the largest file
 * @param files files and folders that the work folder may hold
 * @param output bytes of output that are kept; a program is ended when it has printed {@link #OUTPUT_FACTOR} times that
 */
public record Limits(Duration wall, Duration cpu, long memory, int processes, long disk, int files, int output) {
    /** A program that has printed this many times what is kept is not going to say anything new. */
    public static final int OUTPUT_FACTOR = 256;

    private static final long MIB = 1 << 20;

    public Limits {
        require(wall.toMillis() >= 100, "time", wall, "100 ms or more");
        require(cpu.toMillis() >= 100, "cpu", cpu, "100 ms or more");
        require(memory >= 16 * MIB, "memory", memory, "16 MiB or more");
        require(processes >= 1 && processes <= 4096, "processes", processes, "1 to 4096");
        require(disk >= MIB, "disk", disk, "1 MiB or more");
        require(files >= 16, "files", files, "16 or more");
        require(output >= 256 && output <= 16 * MIB, "output", output, "256 bytes to 16 MiB");
    }

    /** 30 s, 60 s of processors, 512 MiB, 64 processes, 1 GiB in 10,000 files, 64 KiB of output. */
    public static Limits standard() {
        return new Limits(Duration.ofSeconds(30), Duration.ofSeconds(60), 512 * MIB, 64, 1024 * MIB, 10_000, 64 * 1024);
    }

    public Limits withWall(Duration time) {
        return new Limits(time, cpu, memory, processes, disk, files, output);
    }

    public Limits withCpu(Duration time) {
        return new Limits(wall, time, memory, processes, disk, files, output);
    }

    public Limits withMemory(long bytes) {
        return new Limits(wall, cpu, bytes, processes, disk, files, output);
    }

    public Limits withProcesses(int count) {
        return new Limits(wall, cpu, memory, count, disk, files, output);
    }

    public Limits withDisk(long bytes) {
        return new Limits(wall, cpu, memory, processes, bytes, files, output);
    }

    public Limits withFiles(int count) {
        return new Limits(wall, cpu, memory, processes, disk, count, output);
    }

    public Limits withOutput(int bytes) {
        return new Limits(wall, cpu, memory, processes, disk, files, bytes);
    }

    private static void require(boolean holds, String name, Object value, String expected) {
        if (!holds) {
            throw new TroupeException(
                    ErrorCode.TEAM_INVALID, "limits." + name + ": " + value + " (expected: " + expected + ")", null);
        }
    }
}
