package io.jenkins.plugins.changegate.engine.measure;

import io.jenkins.plugins.changegate.engine.record.ChangeFact;
import io.jenkins.plugins.changegate.engine.risk.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * What measures are made of, of all changes, in columns: about 65 bytes each. So the measures of any selection are
 * computed exactly from all of its changes by going through the columns once. Thread-safe.
 */
public final class FactTable {

    /** A job of a Jenkins. */
    record Job(String controller, String name) {}

    /** Of most changes, so there is only one. */
    private static final int[] NO_WAITS = {};

    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final List<Block> blocks = new ArrayList<>();
    private final Names<Target> targets = new Names<>();
    private final Names<Job> jobs = new Names<>();
    private final Names<String> products = new Names<>();
    private final Names<String> rules = new Names<>();
    private final Names<List<Integer>> ruleSets = new Names<>();
    private final Names<String> requirements = new Names<>();
    private final Names<String> policies = new Names<>();
    private final Recoveries recoveries = new Recoveries(this);

    /** Puts a change in, in the place of what there is of it. */
    public void add(ChangeFact fact) {
        lock.writeLock().lock();
        try {
            put(fact);
        } finally {
            lock.writeLock().unlock();
        }
    }

    private void put(ChangeFact fact) {
        Block block = block(fact.number());
        int row = row(fact.number());
        boolean isNew = !block.has(row);
        block.is(row, fact.decision(), fact.level(), fact.verdict(), fact.type());
        block.ends(row, fact.ended().map(ChangeFact.End::outcome).orElse(null));
        block.opened[row] = Block.seconds(fact.opened().getEpochSecond());
        block.decided[row] = Block.seconds(fact.decided().getEpochSecond());
        block.ended[row] = fact.ended()
                .map(end -> Block.seconds(end.at().getEpochSecond()))
                .orElse(Block.NONE);
        block.age[row] = fact.commitAge() < 0 ? Block.NONE : (int) Math.min(Integer.MAX_VALUE, fact.commitAge());
        block.recovery[row] = Block.NONE;
        block.target[row] = targets.number(fact.target());
        block.job[row] = jobs.number(new Job(fact.controller(), fact.job()));
        block.product[row] = products.number(fact.product());
        block.rules[row] =
                ruleSets.number(fact.rules().stream().map(rules::number).toList());
        block.policy[row] = policies.number(fact.policy());
        block.waits[row] = waits(fact.waits());
        block.score[row] = (byte) fact.score();
        block.incident[row] = fact.incident();
        recoveries.changed(block.target[row], fact.number(), isNew);
        if (fact.undoes() > 0) {
            Block other = block(fact.undoes());
            other.undone[row(fact.undoes())] = true;
        }
    }

    private int[] waits(List<ChangeFact.Wait> of) {
        if (of.isEmpty()) {
            return NO_WAITS;
        }
        int[] waits = new int[2 * of.size()];
        for (int i = 0; i < of.size(); i++) {
            waits[2 * i] = requirements.number(of.get(i).requirement());
            waits[2 * i + 1] = (int) Math.min(Integer.MAX_VALUE, of.get(i).seconds());
        }
        return waits;
    }

    /** Returns the measures of a selection. */
    public Measures measure(Question question) {
        Objects.requireNonNull(question, "question");
        lock.writeLock().lock();
        try {
            recoveries.settle();
            lock.readLock().lock();
        } finally {
            lock.writeLock().unlock();
        }
        try {
            return new Reckoning(this, question).measures();
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Returns the block that a change is in. */
    Block block(long number) {
        int place = (int) ((number - 1) / Block.SIZE);
        while (blocks.size() <= place) {
            blocks.add(new Block());
        }
        return blocks.get(place);
    }

    /** Returns the place of a change in its block. */
    static int row(long number) {
        return (int) ((number - 1) % Block.SIZE);
    }

    List<Block> blocks() {
        return blocks;
    }

    Names<Target> targets() {
        return targets;
    }

    Names<Job> jobs() {
        return jobs;
    }

    Names<String> products() {
        return products;
    }

    Names<String> rules() {
        return rules;
    }

    Names<List<Integer>> ruleSets() {
        return ruleSets;
    }

    Names<String> requirements() {
        return requirements;
    }

    Names<String> policies() {
        return policies;
    }
}
