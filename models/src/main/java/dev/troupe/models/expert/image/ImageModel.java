package dev.troupe.models.expert.image;

import dev.troupe.models.expert.Expert;
import dev.troupe.models.expert.Outputs;
import dev.troupe.models.onnx.Device;
import dev.troupe.models.onnx.ModelFiles;
import dev.troupe.models.onnx.OnnxModel;
import dev.troupe.models.onnx.Tensor;
import dev.troupe.models.task.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A model of whole pictures with its preprocessor, in the standard export layout. */
final class ImageModel {
    static final String WEIGHTS = "model.onnx";

    private final OnnxModel model;
    private final Preprocessor preprocessor;
    private final String input;

    ImageModel(ModelFiles files, Device.Wish wish) {
        this.preprocessor = new Preprocessor(files);
        this.model = OnnxModel.load(files, WEIGHTS, wish);
        if (model.inputNames().size() != 1) {
            model.close();
            throw files.broken(WEIGHTS, "inputs are " + model.inputNames(), "one, as models of pictures have", null);
        }
        this.input = model.inputNames().iterator().next();
    }

    /** A picture as the model takes it. */
    record Pixels(Tensor.Floats tensor) implements Expert.Piece {
        @Override
        public Object shape() {
            return Arrays.toString(tensor.shape());
        }
    }

    OnnxModel model() {
        return model;
    }

    Pixels pixels(Value.Image image) {
        return new Pixels(preprocessor.apply(image));
    }

    List<Expert.Result> run(List<Expert.Piece> pieces) {
        int count = pieces.size();
        Tensor.Floats first = ((Pixels) pieces.getFirst()).tensor();
        int length = first.values().length;
        float[] values = new float[count * length];
        for (int i = 0; i < count; i++) {
            System.arraycopy(((Pixels) pieces.get(i)).tensor().values(), 0, values, i * length, length);
        }
        long[] shape = first.shape().clone();
        shape[0] = count;
        return Outputs.split(model.run(Map.of(input, new Tensor.Floats(values, shape))), count);
    }
}
