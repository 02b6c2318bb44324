package io.jenkins.plugins.changegate.engine.measure;

import java.util.Arrays;

/** Collects times to find their quantiles. Not thread-safe. */
final class Times {

    private static final double MEDIAN = 0.5;
    private static final double NINETIETH = 0.9;

    private int[] seconds = new int[16];
    private int count;
    private long sum;

    void add(int time) {
        if (count == seconds.length) {
            seconds = Arrays.copyOf(seconds, 2 * count);
        }
        seconds[count++] = time;
        sum += time;
    }

    long sum() {
        return sum;
    }

    /** Returns what they are; their order is lost by that. */
    Spread spread() {
        if (count == 0) {
            return Spread.NONE;
        }
        // The higher one first: what is below it then is on its left.
        int high = select(rank(NINETIETH), 0, count - 1);
        return new Spread(count, select(rank(MEDIAN), 0, rank(NINETIETH)), high);
    }

    /** Returns the place of a quantile among the sorted times, from 0: the nearest rank. */
    private int rank(double quantile) {
        return (int) Math.ceil(quantile * count) - 1;
    }

    /** Returns the time at a place among the sorted ones (C. A. R. Hoare, "Algorithm 65: Find", CACM 4, 1961). */
    private int select(int place, int from, int to) {
        int low = from;
        int high = to;
        while (low < high) {
            int pivot = middle(seconds[low], seconds[low + (high - low) / 2], seconds[high]);
            int left = low;
            int right = high;
            while (left <= right) {
                while (seconds[left] < pivot) {
                    left++;
                }
                while (seconds[right] > pivot) {
                    right--;
                }
                if (left <= right) {
                    int swapped = seconds[left];
                    seconds[left++] = seconds[right];
                    seconds[right--] = swapped;
                }
            }
            if (place <= right) {
                high = right;
            } else if (place >= left) {
                low = left;
            } else {
                return seconds[place];
            }
        }
        return seconds[place];
    }

    private static int middle(int a, int b, int c) {
        return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    }
}
