package io.jenkins.plugins.changegate.engine.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** How long it took until something worked again after a failed deployment. Not thread-safe. */
final class Recoveries {

    private final FactTable table;
    private final List<Numbers> changes = new ArrayList<>();
    private final BitSet unsettled = new BitSet();

    Recoveries(FactTable table) {
        this.table = table;
    }

    /** The numbers of the changes of one target. */
    private static final class Numbers {

        private int[] all = new int[4];
        private int count;

        void add(int number) {
            if (count == all.length) {
                all = Arrays.copyOf(all, count + count / 2);
            }
            all[count++] = number;
        }
    }

    /** Remembers that a target has to be looked at. */
    void changed(int target, long number, boolean isNew) {
        while (changes.size() <= target) {
            changes.add(new Numbers());
        }
        if (isNew) {
            changes.get(target).add(Math.toIntExact(number));
        }
        unsettled.set(target);
    }

    /** Works out what has changed. */
    void settle() {
        unsettled.stream().forEach(target -> settle(changes.get(target)));
        unsettled.clear();
    }

    private void settle(Numbers numbers) {
        long[] ends = new long[numbers.count];
        int count = 0;
        for (int i = 0; i < numbers.count; i++) {
            Block block = table.block(numbers.all[i]);
            int row = FactTable.row(numbers.all[i]);
            if (block.hasEnded(row)) {
                ends[count++] = (long) block.ended[row] << Integer.SIZE | numbers.all[i];
            }
        }
        Arrays.sort(ends, 0, count);
        int working = Block.NONE;
        for (int i = count - 1; i >= 0; i--) {
            int number = (int) ends[i];
            Block block = table.block(number);
            int row = FactTable.row(number);
            if (!block.isFailed(row)) {
                working = block.ended[row];
                block.recovery[row] = Block.NONE;
            } else {
                block.recovery[row] = working == Block.NONE ? Block.NONE : working - block.ended[row];
            }
        }
    }
}
