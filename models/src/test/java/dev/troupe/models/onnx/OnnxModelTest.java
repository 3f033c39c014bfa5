package dev.troupe.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxModelTest {
    @TempDir
    Path folder;

    private static final byte[] DOUBLING = new TinyOnnx()
            .input("x", TinyOnnx.FLOAT, "batch", 2)
            .node("Add", "y", List.of("x", "x"))
            .output("y", TinyOnnx.FLOAT, "batch", 2)
            .build();

    private OnnxModel load(byte[] content) throws IOException {
        Files.write(folder.resolve("model.onnx"), content);
        return OnnxModel.load(ModelFiles.inFolder(folder), "model.onnx", Device.Wish.AUTO);
    }

    @Test
    void run_overABatch_givesOutputsByName() throws IOException {
        try (OnnxModel model = load(DOUBLING)) {
            for (int rows = 1; rows < 4; rows++) {
                float[] values = new float[2 * rows];
                Arrays.fill(values, rows);
                Tensor.Floats output = (Tensor.Floats) model.run(Map.of("x", new Tensor.Floats(values, rows, 2)))
                        .get("y");
                assertThat(output.shape()).containsExactly(rows, 2);
                assertThat(output.row(rows - 1)).containsExactly(2 * rows, 2 * rows);
            }
            assertThat(model.device()).isEqualTo(Device.CPU);
            assertThat(model.deviceReason()).isNotEmpty();
        }
    }

    @Test
    void run_withInputsOfAnotherShape_isATypedFailure_andTheNextRunWorks() throws IOException {
        try (OnnxModel model = load(DOUBLING)) {
            assertThatThrownBy(() -> model.run(Map.of("x", new Tensor.Floats(new float[3], 1, 3))))
                    .isInstanceOfSatisfying(TroupeException.class, e -> {
                        assertThat(e.code()).isEqualTo(ErrorCode.PROVIDER_FAILED);
                        assertThat(e).hasMessageContaining("model.onnx: ").hasMessageContaining("(expected: a result)");
                    });
            assertThat(model.run(Map.of("x", new Tensor.Floats(new float[2], 1, 2))))
                    .containsKey("y");
        }
    }

    @Test
    void close_duringNoRun_refusesFurtherRuns() throws IOException {
        OnnxModel model = load(DOUBLING);
        model.close();
        model.close();
        assertThatThrownBy(() -> model.run(Map.of("x", new Tensor.Floats(new float[2], 1, 2))))
                .isInstanceOf(TroupeException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void load_ofATruncatedFile_namesItAndTheMend() {
        assertUnavailable(Arrays.copyOf(DOUBLING, DOUBLING.length / 2));
    }

    @Test
    void load_ofSomethingElse_namesItAndTheMend() {
        assertUnavailable("<html>Not found</html>".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private void assertUnavailable(byte[] content) {
        assertThatThrownBy(() -> load(content)).isInstanceOfSatisfying(TroupeException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.MODEL_UNAVAILABLE);
            assertThat(e)
                    .hasMessageContaining(folder.resolve("model.onnx").toString())
                    .hasMessageContaining("(expected: a whole ONNX model)");
            assertThat(e.hint()).contains("export");
        });
    }

    @Test
    void load_ofAFileThatIsMissing_namesIt() {
        assertThatThrownBy(() -> OnnxModel.load(ModelFiles.inFolder(folder), "model.onnx", Device.Wish.CPU))
                .isInstanceOf(TroupeException.class)
                .hasMessageContaining("model.onnx: missing (expected: the file)");
    }
}
