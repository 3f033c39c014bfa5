package dev.troupe.planner.ladder;

/** What the history asks for next, before budget and time have their say. */
sealed interface Step {
    /** In words, for those who watch. */
    String why();

    /** Look for solved questions. */
    record Search(String why) implements Step {}

    /** Look for a program to run again. */
    record FindReplay(Decision.Kind kind, String why) implements Step {}

    /** Ask the current rung's model. */
    record Ask(Decision.Kind kind, String why) implements Step {}

    /** Run a program. */
    record Run(Reply.Program program, String why) implements Step {}

    /** Have a model judge an answer. */
    record Judge(String model, Candidate candidate, String why) implements Step {}

    /** Call a tool, or ask an agent. */
    record Call(String name, String arguments, String why) implements Step {}

    /** Have another agent of the team judge an answer. */
    record Review(String agent, Candidate candidate, String why) implements Step {}

    /** Give the whole task to another agent of the team. */
    record HandOver(String agent, String why) implements Step {}

    /** Have a person judge an answer. */
    record AskVerdict(Candidate candidate, String why) implements Step {}

    /** It is over. */
    record End(Effect.Outcome outcome, String why) implements Step {}
}
