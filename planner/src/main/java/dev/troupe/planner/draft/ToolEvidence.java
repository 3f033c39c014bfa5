package dev.troupe.planner.draft;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What speaks for each tool, given how alike a request is to the solved ones. */
final class ToolEvidence {
    static final int FEATURES = 12;

    /** Solved requests vote by this power of the likeness: near neighbours, and a wider circle. */
    private static final int NEAR = 8;

    private static final int WIDE = 4;

    private final ToolGraph graph;
    private final SolvedPlans plans;
    private final Map<String, Double> rarity = new HashMap<>();
    private final List<Map<String, Double>> descriptions;
    private final int[] uses;
    private final int[][] together;
    private final double unseen;
    private int requests;

    /** @param texts of solved requests, which tell how rare words are */
    ToolEvidence(ToolGraph graph, SolvedPlans plans, List<String> texts) {
        this.graph = graph;
        this.plans = plans;
        Map<String, Integer> counts = new HashMap<>();
        for (String text : texts) {
            new HashSet<>(OrderedWords.words(text)).forEach(word -> counts.merge(word, 1, Integer::sum));
        }
        counts.forEach((word, count) -> rarity.put(word, Math.log((texts.size() + 1.0) / (count + 1)) + 1));
        this.unseen = Math.log(texts.size() + 1.0) + 1;
        this.descriptions = graph.tools().stream()
                .map(tool -> weighted(tool.name() + ' ' + tool.description().text()))
                .toList();
        this.uses = new int[graph.size()];
        this.together = new int[graph.size()][graph.size()];
    }

    /** One more solved request has these tools. */
    void add(int[] tools) {
        requests++;
        for (int one : tools) {
            uses[one]++;
            for (int other : tools) {
                if (other != one) {
                    together[one][other]++;
                }
            }
        }
    }

    /**
     * The features of each tool.
     *
     * @param weights of the plans
     * @param likeness to the solved requests
     * @param without a solved request that is left out of all counts, as if it were new; -1 for none
     */
    double[][] of(Embedded request, float[] weights, float[] likeness, int without) {
        int[] own = without < 0 ? new int[0] : plans.ofRequest(without).tools();
        double[] belief = beliefs(weights);
        double[] near = votes(likeness, NEAR, without);
        double[] wide = votes(likeness, WIDE, without);
        double[] company = company(belief, own);
        Map<String, Double> words = weighted(request.text());
        double[][] features = new double[graph.size()][];
        for (int tool = 0; tool < features.length; tool++) {
            double kept = Math.clamp(belief[tool], 0, 1);
            float[] described = graph.tools().get(tool).description().shared();
            double seen = uses[tool] - (contains(own, tool) ? 1 : 0);
            features[tool] = new double[] {
                belief[tool],
                Math.log(kept + 0.01),
                Math.sqrt(kept),
                near[tool],
                Math.log(near[tool] + 1e-4),
                wide[tool],
                Math.log(wide[tool] + 1e-4),
                company[tool],
                Math.log(company[tool] + 1e-4),
                described.length == 0 ? 0 : Likeness.dot(request.shared(), described),
                overlap(words, descriptions.get(tool)),
                Math.log((seen + 0.5) / Math.max(1, requests))
            };
        }
        return features;
    }

    private double[] beliefs(float[] weights) {
        double[] belief = new double[graph.size()];
        for (int plan = 0; plan < weights.length; plan++) {
            for (int tool : plans.get(plan).tools()) {
                belief[tool] += weights[plan];
            }
        }
        return belief;
    }

    private double[] votes(float[] likeness, int power, int without) {
        double[] votes = new double[graph.size()];
        double all = 1e-9;
        for (int i = 0; i < likeness.length; i++) {
            if (i != without) {
                double weight = Math.pow(Math.max(0, likeness[i]), power);
                all += weight;
                for (int tool : plans.ofRequest(i).tools()) {
                    votes[tool] += weight;
                }
            }
        }
        for (int tool = 0; tool < votes.length; tool++) {
            votes[tool] /= all;
        }
        return votes;
    }

    /** How often a tool comes with those that are believed in. */
    private double[] company(double[] belief, int[] own) {
        double[] company = new double[graph.size()];
        for (int one = 0; one < belief.length; one++) {
            double kept = Math.clamp(belief[one], 0, 1);
            if (kept > 0) {
                boolean leftOut = contains(own, one);
                double seen = uses[one] - (leftOut ? 1 : 0) + 2.0;
                for (int other = 0; other < company.length; other++) {
                    int both = together[one][other];
                    if (leftOut && other != one && contains(own, other)) {
                        both--;
                    }
                    company[other] += kept * both / seen;
                }
            }
        }
        return company;
    }

    private Map<String, Double> weighted(String text) {
        Set<String> words = new HashSet<>(OrderedWords.words(text));
        double square = 0;
        for (String word : words) {
            double weight = rarity.getOrDefault(word, unseen);
            square += weight * weight;
        }
        Map<String, Double> weighted = HashMap.newHashMap(words.size());
        for (String word : words) {
            weighted.put(word, rarity.getOrDefault(word, unseen) / Math.sqrt(square));
        }
        return weighted;
    }

    private static double overlap(Map<String, Double> request, Map<String, Double> description) {
        double sum = 0;
        for (Map.Entry<String, Double> word : description.entrySet()) {
            sum += word.getValue() * request.getOrDefault(word.getKey(), 0.0);
        }
        return sum;
    }

    private static boolean contains(int[] tools, int tool) {
        return Arrays.stream(tools).anyMatch(one -> one == tool);
    }
}
