package dev.troupe.examples.eco.world;

/**
 * Chance that repeats itself: a value depends on the seed, a name and a number, and on nothing that was drawn before.
 * {@code StrictMath} is used throughout, so that all machines give the same bytes.
 */
public final class Noise {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final long seed;

    public Noise(long seed) {
        this.seed = seed;
    }

    /** Another noise, for what is called so. */
    public Noise of(String name) {
        long hash = 0xCBF29CE484222325L; // FNV-1a, 64 bits
        for (int i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * 0x100000001B3L;
        }
        return new Noise(mix(seed ^ hash));
    }

    /** From 0 to 1, without 1, evenly. */
    public double uniform(long index) {
        return (mix(seed + (index + 1) * GOLDEN) >>> 11) * 0x1.0p-53;
    }

    /** From 0 to {@code bound}, without it. */
    public int below(int bound, long index) {
        return (int) (uniform(index) * bound);
    }

    /** 64 bits. */
    public long bits(long index) {
        return mix(seed + (index + 1) * GOLDEN);
    }

    /** Normally distributed with mean 0 and deviation 1 (Box and Muller 1958). */
    public double gaussian(long index) {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - uniform(2 * index)));
        return radius * StrictMath.cos(2 * StrictMath.PI * uniform(2 * index + 1));
    }

    /** A smooth line through normally distributed values at whole positions; between them it has no corners. */
    public double wave(double position) {
        double floor = StrictMath.floor(position);
        double part = position - floor;
        double ease = part * part * (3 - 2 * part);
        long index = (long) floor;
        double between = gaussian(index) * (1 - ease) + gaussian(index + 1) * ease;
        // Half-way between two knots the variance would be half; this evens it out.
        return between / StrictMath.sqrt((1 - ease) * (1 - ease) + ease * ease);
    }

    /** The finaliser of SplitMix64 (Steele, Lea and Flood 2014). */
    private static long mix(long value) {
        long mixed = value;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
