package dev.troupe.knowledge.kill;

import dev.troupe.knowledge.kill.SystemCalls.Call;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * A folder on a disk that keeps its promises and nothing more: content is safe once its file was synced, names once the
 * folder was. Of what was not synced when the power fails, nothing is kept, or any 512-byte sectors are.
 */
final class LossyDisk {
    private static final int SECTOR = 512;

    private final Map<String, byte[]> safe = new HashMap<>();
    private final Map<String, List<Call>> pending = new HashMap<>();
    private final Set<String> names = new HashSet<>();
    private Set<String> safeNames = new HashSet<>();
    private final boolean keepsPromises;

    /** @param keepsPromises false for a disk that only pretends to sync */
    LossyDisk(boolean keepsPromises) {
        this.keepsPromises = keepsPromises;
    }

    void apply(Call call) {
        switch (call) {
            case Call.Created created -> {
                if (names.add(created.file())) {
                    safe.put(created.file(), new byte[0]);
                    pending.put(created.file(), new ArrayList<>());
                }
            }
            case Call.Removed removed -> names.remove(removed.file());
            case Call.Written written -> pending(written.file()).add(written);
            case Call.Truncated truncated -> pending(truncated.file()).add(truncated);
            case Call.Synced synced -> sync(synced.file());
            case Call.Said said -> {}
        }
    }

    private List<Call> pending(String file) {
        return pending.computeIfAbsent(file, f -> new ArrayList<>());
    }

    private void sync(String file) {
        if (!keepsPromises) {
            return;
        }
        if (file.isEmpty()) {
            safeNames = new HashSet<>(names);
        } else {
            safe.put(file, applied(safe.getOrDefault(file, new byte[0]), pending(file), null));
            pending(file).clear();
        }
    }

    /** What is found after the power has failed; nothing of what was not synced, or what chance keeps of it. */
    void afterPowerFailure(Path folder, Random chance) throws IOException {
        Set<String> found = new HashSet<>(safeNames);
        if (chance != null) {
            names.stream().filter(name -> chance.nextBoolean()).forEach(found::add);
            safeNames.stream()
                    .filter(name -> !names.contains(name) && chance.nextBoolean())
                    .forEach(found::remove);
        }
        for (String name : found) {
            byte[] content = safe.getOrDefault(name, new byte[0]);
            Files.write(folder.resolve(name), chance == null ? content : applied(content, pending(name), chance));
        }
    }

    private static byte[] applied(byte[] content, List<Call> calls, Random chance) {
        long longest = calls.stream().mapToLong(LossyDisk::end).max().orElse(0);
        byte[] result = Arrays.copyOf(content, (int) Math.max(content.length, longest));
        int length = content.length;
        for (Call call : calls) {
            if (call instanceof Call.Written written) {
                write(result, written, chance);
                length = Math.max(length, (int) end(call));
            } else if (call instanceof Call.Truncated truncated && (chance == null || chance.nextBoolean())) {
                Arrays.fill(result, (int) Math.min(truncated.size(), result.length), result.length, (byte) 0);
                length = (int) truncated.size();
            }
        }
        return Arrays.copyOf(result, length);
    }

    private static long end(Call call) {
        return call instanceof Call.Written written ? written.offset() + written.bytes().length : 0;
    }

    private static void write(byte[] content, Call.Written written, Random chance) {
        int start = (int) written.offset();
        int end = (int) end(written);
        for (int from = start; from < end; ) {
            int to = Math.min(end, (from / SECTOR + 1) * SECTOR);
            if (chance == null || chance.nextBoolean()) {
                System.arraycopy(written.bytes(), from - start, content, from, to - from);
            }
            from = to;
        }
    }
}
