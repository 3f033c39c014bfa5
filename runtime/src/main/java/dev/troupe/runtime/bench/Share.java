package dev.troupe.runtime.bench;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How many of some questions came right.
 *
 * @param share right of asked, 0 to 1, with its interval
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Share(int asked, int right, Interval share) {
    private static final int PARTS = 4;

    /** @param records at least one */
    static Share of(List<RunRecord> records) {
        int right = (int) records.stream().filter(RunRecord::right).count();
        return new Share(records.size(), right, Bootstrap.mean(byTemplate(records)));
    }

    /** By the cases' skill, such as the API that they are about. */
    static Map<String, Share> bySkill(List<RunRecord> records) {
        Map<String, Share> shares = new TreeMap<>();
        records.stream()
                .filter(record -> record.skill() != null)
                .collect(Collectors.groupingBy(record -> String.valueOf(record.skill())))
                .forEach((skill, some) -> shares.put(skill, of(some)));
        return shares;
    }

    /** By quarters of the run, in the order in which questions were asked; empty with fewer than four. */
    static List<Share> byQuarter(List<RunRecord> records) {
        List<RunRecord> ordered = new ArrayList<>(records);
        if (records.stream().allMatch(record -> record.position() != null)) {
            ordered.sort(Comparator.comparing(RunRecord::position));
        }
        List<Share> quarters = new ArrayList<>();
        for (int i = 0; i < PARTS && ordered.size() >= PARTS; i++) {
            quarters.add(of(ordered.subList(i * ordered.size() / PARTS, (i + 1) * ordered.size() / PARTS)));
        }
        return quarters;
    }

    /** Right answers as ones, by template. */
    private static List<double[]> byTemplate(List<RunRecord> records) {
        return records.stream()
                .collect(Collectors.groupingBy(RunRecord::template, TreeMap::new, Collectors.toList()))
                .values()
                .stream()
                .map(group -> group.stream().mapToDouble(Summary::score).toArray())
                .toList();
    }
}
