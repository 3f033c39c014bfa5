package dev.troupe.runtime.team;

import dev.troupe.knowledge.document.Sections;
import dev.troupe.models.chat.ChatRequest.Sampling;
import dev.troupe.models.embedding.Embedder;
import dev.troupe.planner.ladder.Docs;
import dev.troupe.planner.ladder.LadderPlan;
import dev.troupe.planner.ladder.LadderPlan.FileSummary;
import dev.troupe.planner.ladder.LadderPlan.Rung;
import dev.troupe.runtime.team.AssistantSettings.RungSettings;
import dev.troupe.runtime.team.CodeToolSettings.FileGrant;
import dev.troupe.tools.files.FileDescriptions;
import dev.troupe.tools.sandbox.Prelude;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Turns an assistant of a team file into what the planner decides by. */
public final class LadderPlans {
    private LadderPlans() {}

    /**
     * The plan of one assistant. Reads the granted files to describe them.
     *
     * @param assistant one of the team's, or a variant of it
     * @param embedder finds the sections of documentation that a question is about; null for all sections always
     */
    public static LadderPlan of(TeamFile team, AssistantSettings assistant, @Nullable Embedder embedder) {
        List<CodeToolSettings> tools = assistant.tools().stream()
                .map(name -> Objects.requireNonNull(team.tools().get(name), name))
                .toList();
        return new LadderPlan(
                instructions(assistant, tools),
                tools.stream().map(CodeToolSettings::language).toList(),
                prelude(tools),
                summaries(tools, team.folder()),
                assistant.ladder().stream()
                        .map(rung -> rung(team, rung, embedder))
                        .toList(),
                assistant.demonstrations(),
                assistant.verify(),
                assistant.carryOver());
    }

    /** With what programs can reach: every prompt begins with it. */
    private static String instructions(AssistantSettings assistant, List<CodeToolSettings> tools) {
        return Stream.concat(
                        Stream.of(assistant.instructions().strip()),
                        tools.stream().flatMap(LadderPlans::network))
                .collect(Collectors.joining("\n\n"));
    }

    private static Stream<String> network(CodeToolSettings tool) {
        NetworkSettings network = tool.network();
        return network == null ? Stream.empty() : Stream.of(network.described(tool.language()));
    }

    /** Of the tool whose language programs are asked for in. */
    private static String prelude(List<CodeToolSettings> tools) {
        Prelude prelude = tools.isEmpty() ? null : tools.getFirst().prelude();
        return prelude == null ? "" : prelude.source();
    }

    private static List<FileSummary> summaries(List<CodeToolSettings> tools, Path folder) {
        List<String> paths = tools.stream()
                .flatMap(tool -> tool.files().stream())
                .map(FileGrant::path)
                .distinct()
                .toList();
        return FileDescriptions.of(paths, folder).stream()
                .map(file -> new FileSummary(file.path(), file.text()))
                .toList();
    }

    private static Rung rung(TeamFile team, RungSettings rung, @Nullable Embedder embedder) {
        if (rung.isReplay()) {
            return Rung.replay(rung.name());
        }
        ModelSettings model = team.models().get(rung.model());
        Sampling sampling = model == null ? Sampling.DEFAULT : model.sampling();
        return new Rung(
                rung.name(),
                rung.model(),
                sampling,
                rung.turns(),
                docs(rung, embedder),
                rung.describeFiles(),
                rung.demonstrated());
    }

    private static @Nullable Docs docs(RungSettings rung, @Nullable Embedder embedder) {
        String whole = rung.docs();
        Integer show = rung.sections();
        if (whole == null || show == null || embedder == null) {
            return whole == null ? null : Docs.of(whole);
        }
        Sections sections = new Sections(embedder, whole, show);
        return new Docs() {
            @Override
            public String whole() {
                return whole;
            }

            @Override
            public String about(String question) {
                return sections.about(question);
            }
        };
    }
}
