package dev.troupe.models.task;

import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import java.awt.image.BufferedImage;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;
import org.jspecify.annotations.Nullable;

/** Reads what a handle points at. Bad files end in errors that name the file and the mend, before any model runs. */
public final class Media {
    /** About 300 MB on the way to the tensor. */
    private static final long MOST_PIXELS = 24_000_000;

    private static final double MOST_SECONDS = 3600;

    private Media() {}

    /**
     * Reads and decodes a file.
     *
     * @throws TroupeException {@code INPUT_INVALID} when it is not what its type says
     */
    public static Value read(Handle handle) {
        try {
            return switch (handle.type()) {
                case TEXT -> text(handle);
                case IMAGE -> image(handle);
                case AUDIO -> audio(handle);
                case TABLE, LABELS, SPANS, VECTOR ->
                    throw invalid(
                            handle, "a file of type " + handle.type().label(), "text, image or audio", null, null);
            };
        } catch (IOException e) {
            throw invalid(handle, String.valueOf(e.getMessage()), "a file that can be read", "is it damaged?", e);
        }
    }

    private static Value.Text text(Handle handle) throws IOException {
        try {
            return new Value.Text(Files.readString(handle.file()));
        } catch (CharacterCodingException e) {
            throw invalid(handle, "no UTF-8", "a text in UTF-8", "convert it: iconv -t utf-8", e);
        }
    }

    private static Value.Image image(Handle handle) throws IOException {
        try (ImageInputStream in = ImageIO.createImageInputStream(handle.file().toFile())) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw noPicture(handle, "no picture", null);
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(in, true, true);
                long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
                if (pixels > MOST_PIXELS) {
                    throw invalid(handle, pixels + " pixels", "at most " + MOST_PIXELS, "scale it down", null);
                }
                return flatten(handle.name(), reader.read(0));
            } catch (IOException | RuntimeException e) {
                if (e instanceof TroupeException known) {
                    throw known;
                }
                throw noPicture(handle, "a picture that cannot be decoded: " + e.getMessage(), e);
            } finally {
                reader.dispose();
            }
        }
    }

    private static TroupeException noPicture(Handle handle, String found, @Nullable Exception cause) {
        return invalid(
                handle,
                found,
                "a whole PNG, JPEG, GIF, BMP or TIFF",
                "convert it to PNG, or fetch it again if it was cut off",
                cause);
    }

    /** Transparent parts become white, as paper is. */
    private static Value.Image flatten(String name, BufferedImage picture) {
        int width = picture.getWidth();
        int height = picture.getHeight();
        int[] pixels = picture.getRGB(0, 0, width, height, null, 0, width);
        for (int i = 0; i < pixels.length; i++) {
            int alpha = pixels[i] >>> 24;
            if (alpha != 255) {
                pixels[i] = over(pixels[i], alpha);
            }
            pixels[i] &= 0xFFFFFF;
        }
        return new Value.Image(name, width, height, pixels);
    }

    private static int over(int pixel, int alpha) {
        int result = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
            int channel = (pixel >> shift) & 255;
            result |= ((channel * alpha + 255 * (255 - alpha) + 127) / 255) << shift;
        }
        return result;
    }

    private static Value.Audio audio(Handle handle) throws IOException {
        try (InputStream file = new BufferedInputStream(Files.newInputStream(handle.file()));
                AudioInputStream encoded = AudioSystem.getAudioInputStream(file)) {
            AudioFormat format = encoded.getFormat();
            AudioFormat wanted = new AudioFormat(format.getSampleRate(), 16, format.getChannels(), true, false);
            try (AudioInputStream decoded = AudioSystem.getAudioInputStream(wanted, encoded)) {
                return mix(handle, wanted, decoded.readAllBytes());
            }
        } catch (UnsupportedAudioFileException | IllegalArgumentException e) {
            throw invalid(
                    handle,
                    "no sound that can be decoded",
                    "a WAV, AIFF or AU file",
                    "convert it: ffmpeg -i " + handle.name() + " -ar 16000 -ac 1 sound.wav",
                    e);
        }
    }

    private static Value.Audio mix(Handle handle, AudioFormat format, byte[] bytes) {
        int channels = format.getChannels();
        int rate = Math.round(format.getSampleRate());
        int count = bytes.length / (2 * channels);
        if (count == 0) {
            throw invalid(handle, "a sound of zero length", "at least one sample", "was it recorded to its end?", null);
        }
        if (count / (double) rate > MOST_SECONDS) {
            throw invalid(handle, count / rate + " s", "at most " + (int) MOST_SECONDS + " s", "cut it", null);
        }
        float[] samples = new float[count];
        for (int i = 0; i < count; i++) {
            int sum = 0;
            for (int channel = 0; channel < channels; channel++) {
                int at = 2 * (i * channels + channel);
                sum += (short) ((bytes[at] & 255) | bytes[at + 1] << 8);
            }
            samples[i] = sum / (32768f * channels);
        }
        return new Value.Audio(handle.name(), rate, samples);
    }

    private static TroupeException invalid(
            Handle handle, String found, String expected, @Nullable String hint, @Nullable Exception cause) {
        return new TroupeException(
                ErrorCode.INPUT_INVALID,
                "%s: %s (expected: %s)".formatted(handle.name(), found, expected),
                hint,
                cause);
    }
}
