package dev.troupe.runtime.host;

import dev.troupe.agents.expert.ExpertLimits;
import dev.troupe.agents.expert.HostedExpert;
import dev.troupe.agents.graph.GraphFiles;
import dev.troupe.agents.graph.GraphLimits;
import dev.troupe.agents.graph.PlanningSetup;
import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.models.embedding.Embedder;
import dev.troupe.models.expert.catalogue.Experts;
import dev.troupe.models.onnx.NativeThreads;
import dev.troupe.planner.graph.PlanExample;
import dev.troupe.runtime.team.ExpertSettings;
import dev.troupe.runtime.team.PlannerSettings;
import dev.troupe.runtime.team.TeamFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the planners of a team file work with. */
final class TeamPlanning {
    private static final Logger LOG = LoggerFactory.getLogger(TeamPlanning.class);
    private static final Duration LONGEST_LOAD = Duration.ofMinutes(2);

    private TeamPlanning() {}

    /**
     * Fetches the models of the experts that are missing. One that cannot be fetched is the affair of those who ask it: the
     * others work without.
     *
     * @throws TroupeException {@code INPUT_INVALID} when a file of the team is not fit, {@code CANCELLED}
     */
    static PlanningSetup of(
            TeamFile file,
            HostSettings settings,
            Preparation preparation,
            Embedder embedder,
            Resources resources,
            CallContext context) {
        List<PlannerSettings> planners = Workbench.agents(file, settings).stream()
                .filter(PlannerSettings.class::isInstance)
                .map(PlannerSettings.class::cast)
                .toList();
        if (planners.isEmpty()) {
            return PlanningSetup.NONE;
        }
        Experts experts = Experts.of(settings.cache(), settings.environment());
        Map<String, HostedExpert> hosted = new LinkedHashMap<>();
        Map<String, Path> files = new LinkedHashMap<>();
        List<PlanExample> examples = new ArrayList<>();
        for (PlannerSettings planner : planners) {
            for (String name : planner.uses()) {
                ExpertSettings expert = file.experts().get(name);
                if (expert != null && !hosted.containsKey(name)) {
                    fetch(expert, experts, preparation, context);
                    hosted.put(name, hosted(expert, experts));
                }
            }
            files.putAll(planner.files());
            examples.addAll(planner.examples());
        }
        NativeThreads threads = resources.keep(NativeThreads.ofMachine());
        return new PlanningSetup(
                hosted, () -> threads, embedder, examples, GraphFiles.ofTeam(files), GraphLimits.DEFAULT);
    }

    private static void fetch(ExpertSettings expert, Experts experts, Preparation preparation, CallContext context) {
        try {
            if (!Experts.isFolder(expert.model())) {
                experts.pull(expert.model(), preparation::pulling, context);
            }
        } catch (TroupeException e) {
            if (e.code() == ErrorCode.CANCELLED) {
                throw e;
            }
            LOG.warn("expert {}: {} could not be fetched: {}", expert.name(), expert.model(), e.getMessage());
        }
    }

    private static HostedExpert hosted(ExpertSettings expert, Experts experts) {
        return new HostedExpert(
                expert.name(),
                expert.task(),
                () -> expert.isolated()
                        ? experts.openIsolated(
                                expert.task(), expert.model(), expert.device(), CallContext.standalone(LONGEST_LOAD))
                        : experts.open(
                                expert.task(), expert.model(), expert.device(), CallContext.standalone(LONGEST_LOAD)),
                ExpertLimits.DEFAULT.batching(expert.batchSize(), expert.batchWait()));
    }
}
