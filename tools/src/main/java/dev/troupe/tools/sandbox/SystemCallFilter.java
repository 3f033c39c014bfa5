package dev.troupe.tools.sandbox;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The seccomp filter: a classic BPF program that the kernel runs at each system call of the sandbox (see seccomp(2) and
 * the kernel's {@code filter.rst}). It refuses what {@link SystemCallRules} names and allows the rest; a call through
 * another machine's interface (32-bit, x32) ends the process, since the same numbers mean other calls there.
 *
 * <p>Per rule the program is: is it this call? else skip the rule; optionally load an argument and test it; refuse. The
 * accumulator holds the call's number between rules.
 */
final class SystemCallFilter {
    /** Instruction codes of classic BPF that are used here. */
    static final int LOAD = 0x20; // BPF_LD | BPF_W | BPF_ABS

    static final int AND = 0x54; // BPF_ALU | BPF_AND | BPF_K
    static final int JUMP_EQUAL = 0x15; // BPF_JMP | BPF_JEQ | BPF_K
    static final int JUMP_GREATER_OR_EQUAL = 0x35; // BPF_JMP | BPF_JGE | BPF_K
    static final int RETURN = 0x06; // BPF_RET | BPF_K

    static final int ALLOW = 0x7fff0000;
    static final int KILL = 0x80000000;
    static final int ERROR = 0x00050000;

    /** Offsets in {@code struct seccomp_data}; the low half of an argument on a little-endian machine. */
    static final int NUMBER_AT = 0;

    static final int MACHINE_AT = 4;
    static final int ARGUMENTS_AT = 16;

    /** Numbers from here on belong to x32. */
    private static final int X32 = 0x40000000;

    private SystemCallFilter() {}

    /** A machine whose calls the rules know, by its audit architecture number. */
    enum Machine {
        X86_64(0xC000003E),
        AARCH64(0xC00000B7);

        final int audit;

        Machine(int audit) {
            this.audit = audit;
        }

        static Optional<Machine> current() {
            return switch (System.getProperty("os.arch").toLowerCase(Locale.ROOT)) {
                case "amd64", "x86_64" -> Optional.of(X86_64);
                case "aarch64", "arm64" -> Optional.of(AARCH64);
                default -> Optional.empty();
            };
        }
    }

    /** One instruction: {@code struct sock_filter}. */
    record Instruction(int code, int ifTrue, int ifFalse, int operand) {}

    /** The program as the kernel reads it: 8 bytes an instruction, in the machine's byte order. */
    static byte[] bytes(Machine machine, List<SystemCallRules.Rule> rules) {
        List<Instruction> program = program(machine, rules);
        ByteBuffer buffer = ByteBuffer.allocate(program.size() * 8).order(ByteOrder.LITTLE_ENDIAN);
        for (Instruction i : program) {
            buffer.putShort((short) i.code)
                    .put((byte) i.ifTrue)
                    .put((byte) i.ifFalse)
                    .putInt(i.operand);
        }
        return buffer.array();
    }

    static List<Instruction> program(Machine machine, List<SystemCallRules.Rule> rules) {
        List<Instruction> program = new ArrayList<>();
        program.add(new Instruction(LOAD, 0, 0, MACHINE_AT));
        program.add(new Instruction(JUMP_EQUAL, 1, 0, machine.audit));
        program.add(new Instruction(RETURN, 0, 0, KILL));
        program.add(new Instruction(LOAD, 0, 0, NUMBER_AT));
        if (machine == Machine.X86_64) {
            program.add(new Instruction(JUMP_GREATER_OR_EQUAL, 0, 1, X32));
            program.add(new Instruction(RETURN, 0, 0, KILL));
        }
        for (SystemCallRules.Rule rule : rules) {
            int number = rule.number(machine);
            if (number >= 0) {
                program.addAll(compile(rule, number));
            }
        }
        program.add(new Instruction(RETURN, 0, 0, ALLOW));
        return program;
    }

    private static List<Instruction> compile(SystemCallRules.Rule rule, int number) {
        Instruction refuse = new Instruction(RETURN, 0, 0, ERROR | rule.error());
        return switch (rule.when()) {
            case SystemCallRules.Always always -> List.of(new Instruction(JUMP_EQUAL, 0, 1, number), refuse);
            case SystemCallRules.AnyBit test ->
                List.of(
                        new Instruction(JUMP_EQUAL, 0, 5, number),
                        new Instruction(LOAD, 0, 0, ARGUMENTS_AT + 8 * test.argument()),
                        new Instruction(AND, 0, 0, test.mask()),
                        new Instruction(JUMP_EQUAL, 1, 0, 0),
                        refuse,
                        new Instruction(LOAD, 0, 0, NUMBER_AT));
            case SystemCallRules.Equal test ->
                List.of(
                        new Instruction(JUMP_EQUAL, 0, 4, number),
                        new Instruction(LOAD, 0, 0, ARGUMENTS_AT + 8 * test.argument()),
                        new Instruction(JUMP_EQUAL, 0, 1, test.value()),
                        refuse,
                        new Instruction(LOAD, 0, 0, NUMBER_AT));
            case SystemCallRules.NotEqual test ->
                List.of(
                        new Instruction(JUMP_EQUAL, 0, 4, number),
                        new Instruction(LOAD, 0, 0, ARGUMENTS_AT + 8 * test.argument()),
                        new Instruction(JUMP_EQUAL, 1, 0, test.value()),
                        refuse,
                        new Instruction(LOAD, 0, 0, NUMBER_AT));
            case SystemCallRules.NeitherOf test ->
                List.of(
                        new Instruction(JUMP_EQUAL, 0, 5, number),
                        new Instruction(LOAD, 0, 0, ARGUMENTS_AT + 8 * test.argument()),
                        new Instruction(JUMP_EQUAL, 2, 0, test.one()),
                        new Instruction(JUMP_EQUAL, 1, 0, test.other()),
                        refuse,
                        new Instruction(LOAD, 0, 0, NUMBER_AT));
            case SystemCallRules.EqualBut test ->
                List.of(
                        new Instruction(JUMP_EQUAL, 0, 7, number),
                        new Instruction(LOAD, 0, 0, ARGUMENTS_AT + 8 * test.argument()),
                        new Instruction(JUMP_EQUAL, 0, 4, test.value()),
                        new Instruction(LOAD, 0, 0, ARGUMENTS_AT + 8 * test.other()),
                        new Instruction(AND, 0, 0, test.mask()),
                        new Instruction(JUMP_EQUAL, 1, 0, test.only()),
                        refuse,
                        new Instruction(LOAD, 0, 0, NUMBER_AT));
        };
    }
}
