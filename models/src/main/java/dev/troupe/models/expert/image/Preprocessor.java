package dev.troupe.models.expert.image;

import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.models.expert.Resampling;
import dev.troupe.models.expert.Settings;
import dev.troupe.models.onnx.ModelFiles;
import dev.troupe.models.onnx.Tensor;
import dev.troupe.models.task.Value;

/**
 * Pictures to tensors as {@code preprocessor_config.json} says: {@code size} (with {@code shortest_edge}, or
 * {@code height} and {@code width}), {@code resample}, {@code do_center_crop} with {@code crop_size},
 * {@code rescale_factor}, {@code image_mean}, {@code image_std}. Two keys of ours: {@code channel_order} ({@code bgr}) and
 * {@code layout} ({@code nhwc}).
 */
final class Preprocessor {
    private static final int USUAL_SIDE = 224;
    private static final int MOST_RATIO = 20;
    private static final double USUAL_SCALE = 1 / 255.0;

    private final int width;
    private final int height;
    private final int shortestEdge;
    private final int cropWidth;
    private final int cropHeight;
    private final Resampling resampling;
    private final double scale;
    private final float[] mean;
    private final float[] std;
    private final boolean blueFirst;
    private final boolean channelsLast;

    Preprocessor(ModelFiles files) {
        Settings config = Settings.of(files, "preprocessor_config.json");
        Settings size = config.below("size");
        shortestEdge = size.whole("shortest_edge", 0);
        height = size.whole("height", USUAL_SIDE);
        width = size.whole("width", height);
        boolean crops = config.flag("do_center_crop", false);
        cropHeight = crops ? config.below("crop_size").whole("height", USUAL_SIDE) : 0;
        cropWidth = crops ? config.below("crop_size").whole("width", cropHeight) : 0;
        resampling = Resampling.ofPillow(config.whole("resample", 2));
        scale = config.flag("do_rescale", true) ? config.number("rescale_factor", USUAL_SCALE) : 1;
        boolean normalizes = config.flag("do_normalize", true);
        mean = normalizes ? config.numbers("image_mean", 3, 0.5f, 0.5f, 0.5f) : new float[3];
        std = normalizes ? config.numbers("image_std", 3, 0.5f, 0.5f, 0.5f) : new float[] {1, 1, 1};
        blueFirst = config.text("channel_order").orElse("rgb").equals("bgr");
        channelsLast = config.text("layout").orElse("nchw").equals("nhwc");
    }

    /** One picture, with a first dimension of 1. */
    Tensor.Floats apply(Value.Image image) {
        Picture picture = resized(image);
        if (cropHeight > 0) {
            picture = picture.cropCentre(cropWidth, cropHeight);
        }
        int area = picture.width() * picture.height();
        float[] values = new float[3 * area];
        picture.normalize(scale, mean, std, blueFirst, values, 0, picture.width());
        if (channelsLast) {
            return new Tensor.Floats(Resampling.transpose(values, area, 3), 1, picture.height(), picture.width(), 3);
        }
        return new Tensor.Floats(values, 1, 3, picture.height(), picture.width());
    }

    private Picture resized(Value.Image image) {
        if (shortestEdge == 0) {
            return Picture.of(image, width, height, resampling);
        }
        int shortest = Math.min(image.width(), image.height());
        int longest = Math.max(image.width(), image.height());
        if (longest > MOST_RATIO * shortest) {
            throw new TroupeException(
                    ErrorCode.INPUT_INVALID,
                    "%s: %d x %d pixels (expected: one side at most %d times the other)"
                            .formatted(image.name(), image.width(), image.height(), MOST_RATIO),
                    "cut it");
        }
        double factor = (double) shortestEdge / shortest;
        return Picture.of(
                image, (int) Math.round(image.width() * factor), (int) Math.round(image.height() * factor), resampling);
    }
}
