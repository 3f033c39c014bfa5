package dev.troupe.agents.expert;

import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.onnx.NativeThreads;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

/** The experts of a team, each loaded when it is first asked. All share the machine's native threads. */
public final class ExpertPool extends AbstractMatchingBehavior<ExpertPool.Command> {
    /** What it understands. Local only, as its experts. */
    public sealed interface Command {}

    /** Pass this on to an expert. */
    public record Tell(String expert, ExpertActor.Command command) implements Command {}

    private record Gone(String expert) implements Command {}

    private final Map<String, HostedExpert> hosted;
    private final Supplier<NativeThreads> threads;
    private final Map<String, ActorRef<ExpertActor.Command>> running = new HashMap<>();
    private @Nullable NativeThreads opened;
    private long spawned;

    private ExpertPool(
            ActorContext<Command> context, Map<String, HostedExpert> hosted, Supplier<NativeThreads> threads) {
        super(context);
        this.hosted = Map.copyOf(hosted);
        this.threads = threads;
    }

    /** @param threads is asked once, when the first expert is needed; whoever gives them closes them */
    public static Behavior<Command> create(Map<String, HostedExpert> hosted, Supplier<NativeThreads> threads) {
        return Behaviors.setup(context -> new ExpertPool(context, hosted, threads));
    }

    @Override
    public Behavior<Command> onMessage(Command command) {
        switch (command) {
            case Tell tell -> tell(tell);
            case Gone gone -> running.remove(gone.expert());
        }
        return this;
    }

    private void tell(Tell tell) {
        HostedExpert expert = hosted.get(tell.expert());
        ActorRef<ExpertActor.Command> actor = running.get(tell.expert());
        if (expert == null) {
            unknown(tell);
        } else if (actor != null) {
            actor.tell(tell.command());
        } else if (tell.command() instanceof ExpertActor.Describe describe) {
            // To look at an expert is no reason to load it.
            describe.replyTo().tell(new ExpertHealth.Counter(expert.name()).read(null, null, 0, 0));
        } else {
            spawn(expert).tell(tell.command());
        }
    }

    private static void unknown(Tell tell) {
        if (tell.command() instanceof ExpertActor.Apply apply) {
            String message = "expert: " + tell.expert() + " (expected: one of the team)";
            apply.replyTo().tell(new ExpertActor.Failed(ErrorCode.NOT_FOUND, message, null));
        }
    }

    private ActorRef<ExpertActor.Command> spawn(HostedExpert expert) {
        NativeThreads shared = opened;
        if (shared == null) {
            shared = threads.get();
            opened = shared;
        }
        ActorRef<ExpertActor.Command> actor = getContext()
                .spawn(
                        Behaviors.supervise(ExpertActor.create(expert.name(), expert.open(), shared, expert.limits()))
                                .onFailure(SupervisorStrategy.stop()),
                        "expert-" + spawned++);
        getContext().watchWith(actor, new Gone(expert.name()));
        running.put(expert.name(), actor);
        return actor;
    }

    @Override
    public Behavior<Command> onSignal(Signal signal) {
        return Behaviors.unhandled();
    }
}
