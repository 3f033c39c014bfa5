package dev.troupe.knowledge.demonstration;

import dev.troupe.knowledge.journal.Demonstration;
import java.util.HashSet;
import java.util.Set;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.DoubleDocValuesField;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.VectorSimilarityFunction;

/** What the index holds of a demonstration, and the terms that select some of them. */
final class Fields {
    static final String VECTOR = "vector";
    static final String QUESTION = "question";
    static final String TRUST = "trust";
    static final String NUMBER = "number";
    static final String SEQUENCE = "sequence";
    private static final String ID = "id";
    private static final String TENANT = "tenant";
    private static final String SCOPE = "scope";
    private static final String LIVE = "live";
    private static final String SAME = "same";
    private static final String LEARNED_FROM = "from";

    /** Of what the fields mean; a new one makes the index anew. */
    static final String VERSION = "2";

    private Fields() {}

    static Document document(long sequence, Demonstration demonstration, float[] vector, Set<Term> terms) {
        Document document = new Document();
        // First, since it is asked for most.
        document.add(new KnnFloatVectorField(VECTOR, vector, VectorSimilarityFunction.DOT_PRODUCT));
        for (Term term : terms) {
            document.add(new StringField(term.field(), term.text(), Field.Store.NO));
        }
        document.add(new NumericDocValuesField(NUMBER, number(demonstration.id())));
        document.add(new NumericDocValuesField(SEQUENCE, sequence));
        document.add(new DoubleDocValuesField(TRUST, Trust.of(demonstration)));
        document.add(new TextField(QUESTION, demonstration.question(), Field.Store.NO));
        return document;
    }

    static float[] vector(Document document) {
        return ((KnnFloatVectorField) document.getField(VECTOR)).vectorValue();
    }

    /** What selects it, but for its question's words. */
    static Set<Term> terms(Demonstration demonstration) {
        String tenant = demonstration.tenant();
        String team = demonstration.team();
        Set<Term> terms = new HashSet<>(Set.of(
                withId(demonstration.id()),
                all(tenant),
                all(tenant, team),
                same(tenant, team, demonstration.question())));
        if (!demonstration.retired()) {
            terms.add(live(tenant, team));
        }
        if (demonstration.learnedFrom() != null) {
            terms.add(learnedFrom(demonstration.learnedFrom()));
        }
        return terms;
    }

    /** Those of a tenant and team that may be shown. */
    static Term live(String tenant, String team) {
        return new Term(LIVE, scope(tenant, team));
    }

    /** Those of a tenant and team, retired ones too. */
    static Term all(String tenant, String team) {
        return new Term(SCOPE, scope(tenant, team));
    }

    static Term all(String tenant) {
        return new Term(TENANT, tenant);
    }

    /** Those of a tenant and team that ask the same, word for word; retired ones too. */
    static Term same(String tenant, String team, String question) {
        return new Term(SAME, scope(tenant, team) + '\0' + Questions.key(question));
    }

    static Term withId(String id) {
        return new Term(ID, id);
    }

    static Term learnedFrom(String id) {
        return new Term(LEARNED_FROM, id);
    }

    static long number(String id) {
        return Long.parseLong(id.substring(2));
    }

    private static String scope(String tenant, String team) {
        return tenant + '\0' + team;
    }
}
