package dev.troupe.knowledge.demonstration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.knowledge.demonstration.Merging.Merged;
import dev.troupe.knowledge.demonstration.Merging.Outcome;
import dev.troupe.knowledge.journal.Demonstration;
import dev.troupe.knowledge.journal.Verdict.Judge;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MergingTest extends DemonstrationFixture {
    private static final String HERE = "print('ANSWER: North')";
    private static final String OTHER = "print('ANSWER:', best('revenue'))";

    @Test
    void unknownQuestion_isAdded_withItsLiteralsAndCounts_andFound() {
        Merged merged = library.merge(foreign(HERE, Judge.PERSON, 3, 1, null));
        assertThat(merged.outcome()).isEqualTo(Outcome.ADDED);
        Demonstration added = library.find(TENANT, merged.id()).orElseThrow();
        assertThat(added.helped()).isEqualTo(3);
        assertThat(added.literals()).isNotEmpty();
        assertThat(search(HIGHEST))
                .extracting(match -> match.demonstration().id())
                .contains(merged.id());
    }

    @Test
    void sameAgain_changesNothing_alsoWhenAPersonRejectedItSince() {
        Demonstration foreign = foreign(HERE, Judge.PERSON, 3, 1, null);
        String id = library.merge(foreign).id();
        assertThat(library.merge(foreign)).isEqualTo(new Merged(Outcome.UNCHANGED, id));
        library.reject(TENANT, id);
        assertThat(library.merge(foreign)).isEqualTo(new Merged(Outcome.UNCHANGED, id));
        assertThat(library.find(TENANT, id).orElseThrow().retired()).isTrue();
    }

    @Test
    void sameProgram_getsTheBetterWordAndTheGreaterCounts() {
        String id = learn("t-1", HIGHEST, HERE, "North", Judge.NONE).id();
        assertThat(library.merge(foreign(HERE, Judge.RULE, 4, 2, null))).isEqualTo(new Merged(Outcome.UPDATED, id));
        Demonstration now = library.find(TENANT, id).orElseThrow();
        assertThat(now.verified()).isEqualTo(Judge.RULE);
        assertThat(now.helped()).isEqualTo(4);
        assertThat(now.misled()).isEqualTo(2);
        assertThat(now.task()).isEqualTo("t-1");
    }

    @Test
    void anotherProgram_takesThePlaceOfOneThatIsVouchedForLess_only() {
        String id = learn("t-1", HIGHEST, HERE, "North", Judge.RULE).id();
        assertThat(library.merge(foreign(OTHER, Judge.RULE, 4, 0, null))).isEqualTo(new Merged(Outcome.UNCHANGED, id));
        assertThat(library.merge(foreign(OTHER, Judge.PERSON, 4, 0, null))).isEqualTo(new Merged(Outcome.REPLACED, id));
        assertThat(library.find(TENANT, id).orElseThrow().code()).isEqualTo(OTHER);
    }

    @Test
    void contradiction_elsewhere_retiresWhatItReaches() {
        String id = learn("t-1", HIGHEST, HERE, "North", Judge.RULE).id();
        Merged merged = library.merge(foreign(HERE, Judge.NONE, 0, 0, Judge.PERSON));
        assertThat(merged).isEqualTo(new Merged(Outcome.UPDATED, id));
        assertThat(library.find(TENANT, id).orElseThrow().retired()).isTrue();
        assertThat(search(HIGHEST)).isEmpty();
    }

    @Test
    void whatAPersonRejectedHere_doesNotComeBackByAnothersRule() {
        String id = learn("t-1", HIGHEST, HERE, "North", Judge.NONE).id();
        library.reject(TENANT, id);
        Demonstration sameAnswer = foreign(OTHER, Judge.RULE, 4, 0, null);
        assertThat(library.merge(sameAnswer).outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(search(HIGHEST)).isEmpty();
    }

    private static Demonstration foreign(String code, Judge verified, int helped, int misled, @Nullable Judge against) {
        return new Demonstration(
                "d-99",
                TENANT,
                TEAM,
                "t-far",
                HIGHEST,
                "python",
                code,
                List.of(),
                "North",
                "quick",
                "local/small",
                10,
                20,
                verified,
                helped,
                misled,
                null,
                against,
                against != null);
    }
}
