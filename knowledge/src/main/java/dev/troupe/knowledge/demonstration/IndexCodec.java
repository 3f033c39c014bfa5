package dev.troupe.knowledge.demonstration;

import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.lucene104.Lucene104Codec;
import org.apache.lucene.codecs.lucene104.Lucene104HnswScalarQuantizedVectorsFormat;
import org.apache.lucene.util.quantization.QuantizedByteVectorValues.ScalarEncoding;

/**
 * Lucene's codec with vectors of 7 bits a dimension in the graph. The full vectors lie beside them, for exact cosines.
 * It keeps the name of Lucene's own codec, which reads what this one writes: the format is recorded for each field.
 */
final class IndexCodec extends Lucene104Codec {
    /** Neighbours of a node, and how many are looked at when one is added: Lucene's defaults. */
    private static final int NEIGHBOURS = 16;

    private static final int BEAM_WIDTH = 100;

    /**
     * Segments of up to about 3,300 entries get no graph ({@code n > 400 ln n}, as Lucene reckons): comparing them one by
     * one takes a tenth of a millisecond, and each merge would make their graph anew.
     */
    private static final int TINY_SEGMENTS = 400;

    private final KnnVectorsFormat vectors = new Lucene104HnswScalarQuantizedVectorsFormat(
            ScalarEncoding.SEVEN_BIT, NEIGHBOURS, BEAM_WIDTH, 1, null, TINY_SEGMENTS);

    @Override
    public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
        return vectors;
    }
}
