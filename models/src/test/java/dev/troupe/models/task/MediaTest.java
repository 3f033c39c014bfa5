package dev.troupe.models.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MediaTest {
    @TempDir
    Path folder;

    private Path file(String name, byte[] content) throws IOException {
        return Files.write(folder.resolve(name), content);
    }

    private static Value read(Path file) {
        return Media.read(Handle.of(file));
    }

    private static byte[] picture(String format, int type) throws IOException {
        BufferedImage picture = new BufferedImage(3, 2, type);
        picture.setRGB(1, 0, 0xFF102030);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(picture, format, out);
        return out.toByteArray();
    }

    private static byte[] sound(int channels, int samples) throws IOException {
        AudioFormat format = new AudioFormat(8000, 16, channels, true, false);
        byte[] bytes = new byte[2 * channels * samples];
        for (int i = 0; i < bytes.length; i += 2 * channels) {
            // 16384 in the first channel, 0 in others.
            bytes[i + 1] = 0x40;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        AudioSystem.write(
                new AudioInputStream(new ByteArrayInputStream(bytes), format, samples), AudioFileFormat.Type.WAVE, out);
        return out.toByteArray();
    }

    @Test
    void aPicture_isReadAsPixels() throws IOException {
        Value.Image image = (Value.Image) read(file("a.png", picture("png", BufferedImage.TYPE_INT_RGB)));
        assertThat(image.width()).isEqualTo(3);
        assertThat(image.pixels()).containsExactly(0, 0x102030, 0, 0, 0, 0);
    }

    @Test
    void whatIsTransparent_isReadAsWhite() throws IOException {
        Value.Image image = (Value.Image) read(file("a.png", picture("png", BufferedImage.TYPE_INT_ARGB)));
        assertThat(image.pixels()).containsExactly(0xFFFFFF, 0x102030, 0xFFFFFF, 0xFFFFFF, 0xFFFFFF, 0xFFFFFF);
    }

    @Test
    void aSoundOfTwoChannels_isMixedIntoOne() throws IOException {
        Value.Audio audio = (Value.Audio) read(file("a.wav", sound(2, 4)));
        assertThat(audio.rate()).isEqualTo(8000);
        assertThat(audio.samples()).containsExactly(0.25f, 0.25f, 0.25f, 0.25f);
    }

    @Test
    void aPictureThatIsNone_isNamed_withTheMend() throws IOException {
        Path file = file("page.png", "<html>".getBytes(StandardCharsets.UTF_8));
        assertInvalid(
                () -> read(file),
                "page.png: no picture (expected: a whole PNG, JPEG, GIF, BMP or TIFF)",
                "convert it to PNG, or fetch it again if it was cut off");
    }

    @Test
    void aPictureThatWasCutOff_isNamed() throws IOException {
        byte[] whole = picture("png", BufferedImage.TYPE_INT_RGB);
        Path file = file("cut.png", Arrays.copyOf(whole, whole.length / 2));
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(TroupeException.class)
                .hasMessageContaining("cut.png: a picture that cannot be decoded");
    }

    @Test
    void aSoundOfZeroLength_isNamed() throws IOException {
        Path file = file("mute.wav", sound(1, 0));
        assertInvalid(
                () -> read(file),
                "mute.wav: a sound of zero length (expected: at least one sample)",
                "was it recorded to its end?");
    }

    @Test
    void aSoundThatIsNone_isNamed_withTheMend() throws IOException {
        Path file = file("song.wav", "ID3".getBytes(StandardCharsets.UTF_8));
        assertInvalid(
                () -> read(file),
                "song.wav: no sound that can be decoded (expected: a WAV, AIFF or AU file)",
                "convert it: ffmpeg -i song.wav -ar 16000 -ac 1 sound.wav");
    }

    @Test
    void aTextThatIsNoUtf8_isNamed() throws IOException {
        Path file = file("latin.txt", new byte[] {(byte) 0xE4, 'b'});
        assertInvalid(
                () -> read(file), "latin.txt: no UTF-8 (expected: a text in UTF-8)", "convert it: iconv -t utf-8");
    }

    @Test
    void anEmptyFile_andOneAboveTheLimit_areRefusedUnread() throws IOException {
        Path empty = file("empty.png", new byte[0]);
        assertThatThrownBy(() -> Handle.of(empty)).hasMessageStartingWith("empty.png: 0 bytes (expected: 1 to ");
        Path large = file("large.txt", new byte[(1 << 20) + 1]);
        assertThatThrownBy(() -> Handle.of(large))
                .hasMessage("large.txt: 1048577 bytes (expected: 1 to 1048576 for text)");
    }

    @Test
    void aFileOfAnUnknownEnding_andOneThatIsMissing_areRefused() throws IOException {
        Path odd = file("data.xyz", new byte[1]);
        assertThatThrownBy(() -> Handle.of(odd)).hasMessageStartingWith("data.xyz: a type that cannot be told");
        assertThatThrownBy(() -> Handle.of(folder.resolve("no.png")))
                .isInstanceOfSatisfying(
                        TroupeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND));
    }

    @Test
    void inputs_ofWrongNameTypeOrNumber_areRefusedByName() {
        Value text = new Value.Text("a");
        Value image = new Value.Image("a.png", 1, 1, new int[1]);
        assertThatThrownBy(() -> Inputs.of(Task.IMAGE_TO_TEXT, text))
                .hasMessage("image-to-text, argument image: text (expected: image)");
        assertThatThrownBy(() -> Inputs.of(Task.TEXT_RANKING, Map.of("query", List.of(text))))
                .hasMessage("text-ranking, argument texts: nothing (expected: texts: text[])");
        assertThatThrownBy(() -> Inputs.of(Task.IMAGE_TO_TEXT, Map.of("image", List.of(image, image))))
                .hasMessage("image-to-text, argument image: 2 values (expected: one value)");
        assertThatThrownBy(() -> Inputs.of(Task.IMAGE_TO_TEXT, Map.of("picture", List.of(image))))
                .hasMessageStartingWith("image-to-text, argument picture: given (expected: one of image: image)");
        assertThatThrownBy(() -> Inputs.of(Task.FEATURE_EXTRACTION, new Value.Text("  ")))
                .hasMessage("feature-extraction, argument text: a text without letters (expected: some text)");
    }

    private static void assertInvalid(ThrowingCallable call, String message, String hint) {
        assertThatThrownBy(call).hasMessage(message).isInstanceOfSatisfying(TroupeException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.INPUT_INVALID);
            assertThat(e.hint()).isEqualTo(hint);
        });
    }
}
