package dev.troupe.tools.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.tools.sandbox.SystemCallFilter.Instruction;
import dev.troupe.tools.sandbox.SystemCallFilter.Machine;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs the filter in an interpreter of classic BPF, for machines that the tests do not run on too. */
class SystemCallFilterTest {
    private static final int OTHER_MACHINE = 0x40000003; // 32-bit x86

    @ParameterizedTest
    @EnumSource(Machine.class)
    void filter_whatNoRuleNames_isAllowed(Machine machine) {
        // read, write and exit_group of either machine.
        List<Integer> calls = machine == Machine.X86_64 ? List.of(0, 1, 231) : List.of(63, 64, 94);

        for (int call : calls) {
            assertThat(decide(machine, machine.audit, call)).isEqualTo(SystemCallFilter.ALLOW);
        }
    }

    @ParameterizedTest
    @EnumSource(Machine.class)
    void filter_eachRule_refusesItsCallWithItsErrorAndNothingElse(Machine machine) {
        eachRule(machine, SystemCallRules.ALL);
        eachRule(machine, SystemCallRules.WITH_NETWORK);
    }

    @ParameterizedTest
    @EnumSource(Machine.class)
    void filter_withNetwork_allowsTcpOverIpv4AndNothingElseMore(Machine machine) {
        int socket = machine == Machine.X86_64 ? 41 : 198;
        for (int family = 0; family < 46; family++) {
            for (int kind = 1; kind < 11; kind++) {
                boolean unix = family == 1;
                boolean tcp = family == 2 && kind == 1;
                assertThat(decide(SystemCallRules.ALL, machine, machine.audit, socket, family, kind)
                                == SystemCallFilter.ALLOW)
                        .isEqualTo(unix);
                assertThat(decide(SystemCallRules.WITH_NETWORK, machine, machine.audit, socket, family, kind)
                                == SystemCallFilter.ALLOW)
                        .isEqualTo(unix || tcp);
            }
        }
        assertThat(SystemCallRules.WITH_NETWORK)
                .containsAll(SystemCallRules.ALL.stream()
                        .filter(rule -> !rule.name().equals("socket"))
                        .toList());
    }

    private static void eachRule(Machine machine, List<SystemCallRules.Rule> rules) {
        for (SystemCallRules.Rule rule : rules) {
            int number = rule.number(machine);
            if (number < 0) {
                continue;
            }
            long[] matching = new long[6];
            long[] other = new long[6];
            switch (rule.when()) {
                case SystemCallRules.Always always -> {}
                case SystemCallRules.AnyBit test -> matching[test.argument()] = Integer.lowestOneBit(test.mask());
                case SystemCallRules.Equal test -> matching[test.argument()] = test.value();
                case SystemCallRules.NotEqual test -> {
                    matching[test.argument()] = test.value() + 1L;
                    other[test.argument()] = test.value();
                }
                case SystemCallRules.NeitherOf test -> {
                    matching[test.argument()] = test.one() + test.other() + 1L;
                    other[test.argument()] = test.one();
                }
                case SystemCallRules.EqualBut test -> {
                    matching[test.argument()] = test.value();
                    matching[test.other()] = test.only() + 1L;
                    other[test.argument()] = test.value();
                    // Flags beside the type change nothing.
                    other[test.other()] = test.only() | ~test.mask();
                }
            }
            int refused = SystemCallFilter.ERROR | rule.error();
            assertThat(decide(rules, machine, machine.audit, number, matching))
                    .as(rule.name())
                    .isEqualTo(refused);
            boolean conditional = !(rule.when() instanceof SystemCallRules.Always);
            assertThat(decide(rules, machine, machine.audit, number, other))
                    .as(rule.name())
                    .isEqualTo(conditional ? SystemCallFilter.ALLOW : refused);
        }
    }

    @ParameterizedTest
    @EnumSource(Machine.class)
    void filter_theUpperHalfOfAnArgument_hidesNothing(Machine machine) {
        int socket = machine == Machine.X86_64 ? 41 : 198;
        long unixInTheLowerHalf = 0x7_0000_0001L; // The kernel takes an int: this is AF_UNIX.

        assertThat(decide(machine, machine.audit, socket, unixInTheLowerHalf)).isEqualTo(SystemCallFilter.ALLOW);
        assertThat(decide(machine, machine.audit, socket, 0x1_0000_0002L)).isNotEqualTo(SystemCallFilter.ALLOW);
    }

    @ParameterizedTest
    @EnumSource(Machine.class)
    void filter_anotherMachinesInterface_endsTheProcess(Machine machine) {
        assertThat(decide(machine, OTHER_MACHINE, 1)).isEqualTo(SystemCallFilter.KILL);
        if (machine == Machine.X86_64) {
            assertThat(decide(machine, machine.audit, 0x40000000 + 1)).isEqualTo(SystemCallFilter.KILL);
        }
    }

    @ParameterizedTest
    @EnumSource(Machine.class)
    void filter_bytes_areEightAnInstruction(Machine machine) {
        assertThat(SystemCallFilter.bytes(machine, SystemCallRules.ALL))
                .hasSize(8
                        * SystemCallFilter.program(machine, SystemCallRules.ALL).size());
    }

    /** What the program decides for a call with these arguments; see the kernel's filter.rst. */
    private static int decide(Machine machine, int audit, int number, long... arguments) {
        return decide(SystemCallRules.ALL, machine, audit, number, arguments);
    }

    private static int decide(
            List<SystemCallRules.Rule> rules, Machine machine, int audit, int number, long... arguments) {
        List<Instruction> program = SystemCallFilter.program(machine, rules);
        int accumulator = 0;
        for (int at = 0; ; at++) {
            Instruction i = program.get(at);
            switch (i.code()) {
                case SystemCallFilter.LOAD -> accumulator = load(i.operand(), audit, number, arguments);
                case SystemCallFilter.AND -> accumulator &= i.operand();
                case SystemCallFilter.JUMP_EQUAL -> at += accumulator == i.operand() ? i.ifTrue() : i.ifFalse();
                case SystemCallFilter.JUMP_GREATER_OR_EQUAL ->
                    at += Integer.compareUnsigned(accumulator, i.operand()) >= 0 ? i.ifTrue() : i.ifFalse();
                case SystemCallFilter.RETURN -> {
                    return i.operand();
                }
                default -> throw new AssertionError("unknown instruction " + i);
            }
        }
    }

    private static int load(int offset, int audit, int number, long... arguments) {
        return switch (offset) {
            case SystemCallFilter.NUMBER_AT -> number;
            case SystemCallFilter.MACHINE_AT -> audit;
            default -> {
                int index = (offset - SystemCallFilter.ARGUMENTS_AT) / 8;
                assertThat((offset - SystemCallFilter.ARGUMENTS_AT) % 8).isZero();
                yield index < arguments.length ? (int) arguments[index] : 0;
            }
        };
    }
}
