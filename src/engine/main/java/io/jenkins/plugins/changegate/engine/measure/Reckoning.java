package io.jenkins.plugins.changegate.engine.measure;

import io.jenkins.plugins.changegate.engine.risk.Target;
import io.jenkins.plugins.changegate.engine.risk.Tier;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Computes the measures of one selection: goes twice through the columns. Not thread-safe. */
final class Reckoning {

    private static final double SECONDS_OF_DAY = 86_400;

    /** More lines are no overview. */
    private static final int PARTS = 25;

    /** More versions are not chosen from. */
    private static final int POLICIES = 20;

    private final FactTable table;
    private final Question question;
    private final boolean[] targets;
    private final boolean[] delivering;
    private final boolean[] jobs;
    private final boolean[] products;
    private final int[] firstByPolicy;
    private final long[] byPolicy;
    private final int from;
    private final int to;

    Reckoning(FactTable table, Question question) {
        this.table = table;
        this.question = question;
        targets = new boolean[table.targets().size()];
        delivering = new boolean[targets.length];
        for (int i = 0; i < targets.length; i++) {
            Target target = table.targets().get(i);
            targets[i] = question.targets().test(target);
            delivering[i] = question.anyTier() || target.tier() == Tier.PRODUCTION;
        }
        jobs = new boolean[table.jobs().size()];
        for (int i = 0; i < jobs.length; i++) {
            FactTable.Job job = table.jobs().get(i);
            jobs[i] = question.jobs().test(job.controller(), job.name());
        }
        products = new boolean[table.products().size()];
        for (int i = 0; i < products.length; i++) {
            products[i] = question.products().test(table.products().get(i));
        }
        firstByPolicy = new int[table.policies().size()];
        byPolicy = new long[firstByPolicy.length];
        Arrays.fill(firstByPolicy, Integer.MAX_VALUE);
        to = Block.seconds(question.to().getEpochSecond());
        from = begin();
    }

    /** Returns when the period begins: no earlier than the first change of the selection reached the gate. */
    private int begin() {
        int first = Integer.MAX_VALUE;
        for (Block block : table.blocks()) {
            for (int row = 0; row < Block.SIZE; row++) {
                if (isWanted(block, row)) {
                    first = Math.min(first, block.opened[row]);
                    int policy = block.policy[row];
                    firstByPolicy[policy] = Math.min(firstByPolicy[policy], block.decided[row]);
                }
            }
        }
        return Math.min(to - 1, Math.max(Block.seconds(question.from().getEpochSecond()), first));
    }

    private boolean isWanted(Block block, int row) {
        return block.has(row) && targets[block.target[row]] && jobs[block.job[row]] && products[block.product[row]];
    }

    Measures measures() {
        GateTally gate = new GateTally(table.requirements().size());
        OutcomeTally outcomes = new OutcomeTally();
        RuleTally rules = new RuleTally(table);
        DeliveryTally delivery = new DeliveryTally();
        Map<String, DeliveryTally> services = new HashMap<>();
        DeliveryTally[] byTarget = byTarget(services);
        Map<String, DeliveryTally> named = new HashMap<>();
        DeliveryTally[] byProduct = byProduct(named);
        Stretches decided = new Stretches(instant(from), question.to(), question.zone());
        Optional<Integer> turn = turn();
        StretchTally before = new StretchTally(instant(from), instant(turn.orElse(from)));
        StretchTally since = new StretchTally(instant(turn.orElse(from)), question.to());
        for (Block block : table.blocks()) {
            for (int row = 0; row < Block.SIZE; row++) {
                if (!isWanted(block, row)) {
                    continue;
                }
                int at = block.decided[row];
                if (isIn(at)) {
                    byPolicy[block.policy[row]]++;
                    gate.add(block, row);
                    rules.decided(block, row);
                    decided.at(at).decided(block, row);
                    (turn.isPresent() && at < turn.get() ? before : since).decided(block, row);
                }
                int end = block.ended[row];
                if (block.hasEnded(row) && isIn(end)) {
                    outcomes.add(block, row);
                    rules.ended(block, row);
                    if (delivering[block.target[row]]) {
                        delivery.add(block, row);
                        byTarget[block.target[row]].add(block, row);
                        byProduct[block.product[row]].add(block, row);
                        decided.at(end).delivered(block, row);
                        (turn.isPresent() && end < turn.get() ? before : since).delivered(block, row);
                    }
                }
            }
        }
        double days = (to - from) / SECONDS_OF_DAY;
        List<Line.Part> lines = parts(services, days);
        named.remove("");
        return new Measures(
                instant(from),
                delivery.delivery(days),
                gate.gate(outcomes.decisions()),
                gate.byLevel(),
                gate.byRequirement(table.requirements()),
                outcomes.byDecision(),
                outcomes.byLevel(),
                rules.lines(outcomes.all()),
                outcomes.calibration(),
                decided.all(),
                policies(),
                turn.map(time -> before.stretch()),
                turn.map(time -> since.stretch()),
                parts(named, days).stream().limit(PARTS).toList(),
                lines.stream().limit(PARTS).toList(),
                Math.max(0, lines.size() - PARTS));
    }

    private boolean isIn(int second) {
        return second >= from && second < to;
    }

    private static Instant instant(int second) {
        return Instant.ofEpochSecond(Block.epochSecond(second));
    }

    /** Returns when the version of a policy that is asked for was first judged by, not before the period. */
    private Optional<Integer> turn() {
        for (int i = 0; i < firstByPolicy.length; i++) {
            if (!question.policy().isEmpty()
                    && table.policies().get(i).equals(question.policy())
                    && firstByPolicy[i] < to) {
                return Optional.of(Math.max(from, firstByPolicy[i]));
            }
        }
        return Optional.empty();
    }

    private DeliveryTally[] byTarget(Map<String, DeliveryTally> services) {
        DeliveryTally[] byTarget = new DeliveryTally[targets.length];
        for (int i = 0; i < targets.length; i++) {
            byTarget[i] = services.computeIfAbsent(table.targets().get(i).service(), name -> new DeliveryTally());
        }
        return byTarget;
    }

    private DeliveryTally[] byProduct(Map<String, DeliveryTally> named) {
        DeliveryTally[] byProduct = new DeliveryTally[products.length];
        for (int i = 0; i < products.length; i++) {
            byProduct[i] = named.computeIfAbsent(table.products().get(i), name -> new DeliveryTally());
        }
        return byProduct;
    }

    private static List<Line.Part> parts(Map<String, DeliveryTally> tallies, double days) {
        List<Line.Part> lines = new ArrayList<>();
        tallies.forEach((name, tally) -> {
            if (tally.ended() > 0) {
                lines.add(new Line.Part(name, tally.delivery(days)));
            }
        });
        lines.sort(Comparator.comparingLong((Line.Part line) -> -line.delivery().deployments())
                .thenComparing(Line.Part::name));
        return lines;
    }

    private List<Line.Policy> policies() {
        List<Line.Policy> lines = new ArrayList<>();
        for (int i = 0; i < byPolicy.length; i++) {
            if (byPolicy[i] > 0 && !table.policies().get(i).isEmpty()) {
                lines.add(new Line.Policy(table.policies().get(i), Block.epochSecond(firstByPolicy[i]), byPolicy[i]));
            }
        }
        lines.sort(Comparator.comparingLong((Line.Policy line) -> -line.first()).thenComparing(Line.Policy::version));
        return lines.stream().limit(POLICIES).toList();
    }
}
