package dev.troupe.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.models.call.TroupeException;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeviceTest {
    private static final Device.Offer GPU = new Device.Offer(Set.of(Device.CPU, Device.CUDA), true);
    private static final Device.Offer GPU_WITHOUT_BUILD = new Device.Offer(Set.of(Device.CPU), true);
    private static final Device.Offer BUILD_WITHOUT_GPU = new Device.Offer(Set.of(Device.CPU, Device.CUDA), false);

    @Test
    void auto_takesTheGpu_whereThereAreOneAndABuildForIt_andMayFallBack() {
        Device.Choice choice = Device.choose(Device.Wish.AUTO, GPU);
        assertThat(choice.device()).isEqualTo(Device.CUDA);
        assertThat(choice.mayFallBack()).isTrue();
    }

    @Test
    void auto_takesTheCpu_otherwise_andSaysWhy() {
        assertThat(Device.choose(Device.Wish.AUTO, GPU_WITHOUT_BUILD))
                .isEqualTo(new Device.Choice(Device.CPU, "this build has no GPU support", false));
        assertThat(Device.choose(Device.Wish.AUTO, BUILD_WITHOUT_GPU))
                .isEqualTo(new Device.Choice(Device.CPU, "no GPU is visible", false));
    }

    @Test
    void cpu_isTaken_evenWhereThereIsAGpu() {
        assertThat(Device.choose(Device.Wish.CPU, GPU).device()).isEqualTo(Device.CPU);
    }

    @Test
    void cuda_isTakenWithoutFallBack_orRefusedWithTheMend() {
        assertThat(Device.choose(Device.Wish.CUDA, GPU).mayFallBack()).isFalse();
        assertThatThrownBy(() -> Device.choose(Device.Wish.CUDA, GPU_WITHOUT_BUILD))
                .hasMessage("device: cuda, but this build has no GPU support (expected: auto or cpu here)")
                .isInstanceOfSatisfying(
                        TroupeException.class, e -> assertThat(e.hint()).isEqualTo("build with -Pgpu"));
        assertThatThrownBy(() -> Device.choose(Device.Wish.CUDA, BUILD_WITHOUT_GPU))
                .hasMessageContaining("no GPU is visible");
    }
}
