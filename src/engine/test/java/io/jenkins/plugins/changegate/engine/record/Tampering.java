package io.jenkins.plugins.changegate.engine.record;

import java.util.List;
import java.util.Random;

/** What somebody who can write to the database may do to the events. */
enum Tampering {
    ONE_CHARACTER_OF_A_BODY {
        @Override
        String on(List<StoredEvents.Row> rows, Random random) {
            int i = random.nextInt(rows.size());
            rows.set(i, rows.get(i).withBody(other(rows.get(i).body(), random)));
            return event(i + 1);
        }
    },

    ONE_DIGIT_OF_A_HASH {
        @Override
        String on(List<StoredEvents.Row> rows, Random random) {
            int i = random.nextInt(rows.size());
            rows.set(i, rows.get(i).withHash(other(rows.get(i).hash(), random)));
            return event(i + 1);
        }
    },

    ONE_DIGIT_OF_THE_HASH_BEFORE {
        @Override
        String on(List<StoredEvents.Row> rows, Random random) {
            int i = random.nextInt(rows.size());
            rows.set(i, rows.get(i).withPrevious(other(rows.get(i).previous(), random)));
            return event(i + 1);
        }
    },

    ANOTHER_CHANGE {
        @Override
        String on(List<StoredEvents.Row> rows, Random random) {
            int i = random.nextInt(rows.size());
            rows.set(
                    i,
                    rows.get(i).with(rows.get(i).number() + 1_000, rows.get(i).version()));
            return event(i + 1);
        }
    },

    ANOTHER_VERSION {
        @Override
        String on(List<StoredEvents.Row> rows, Random random) {
            int i = random.nextInt(rows.size());
            rows.set(i, rows.get(i).with(rows.get(i).number(), rows.get(i).version() + 1 + random.nextInt(9) * 10));
            // Two with the same version of a change are not possible.
            rows.removeIf(row -> row != rows.get(i) && row.sameVersion(rows.get(i)));
            return event(i + 1);
        }
    },

    ANOTHER_CONTROLLER {
        @Override
        String on(List<StoredEvents.Row> rows, Random random) {
            int i = random.nextInt(rows.size());
            rows.set(i, rows.get(i).withController(random.nextBoolean() ? null : "somebody"));
            return event(i + 1);
        }
    },

    REMOVED {
        @Override
        String on(List<StoredEvents.Row> rows, Random random) {
            int i = random.nextInt(rows.size());
            rows.remove(i);
            return event(i + 1);
        }
    },

    REMOVED_AND_THE_GAP_CLOSED {
        @Override
        String on(List<StoredEvents.Row> rows, Random random) {
            int i = random.nextInt(rows.size());
            rows.remove(i);
            renumber(rows, i);
            return event(i + 1);
        }
    },

    TRUNCATED {
        @Override
        String on(List<StoredEvents.Row> rows, Random random) {
            int left = random.nextInt(rows.size());
            rows.subList(left, rows.size()).clear();
            return event(left + 1);
        }
    },

    SWAPPED {
        @Override
        String on(List<StoredEvents.Row> rows, Random random) {
            int i = random.nextInt(rows.size() - 1);
            int j = i + 1 + random.nextInt(rows.size() - i - 1);
            StoredEvents.Row first = rows.get(i);
            rows.set(i, rows.get(j).at(i + 1));
            rows.set(j, first.at(j + 1));
            return event(i + 1);
        }
    },

    SWAPPED_AND_HASHED_ANEW {
        @Override
        String on(List<StoredEvents.Row> rows, Random random) {
            int i = random.nextInt(rows.size() - 1);
            StoredEvents.Row first = rows.get(i);
            StoredEvents.Row second = rows.get(i + 1);
            rows.set(i, second.at(i + 1).withPrevious(first.previous()).hashed());
            rows.set(i + 1, first.at(i + 2).withPrevious(rows.get(i).hash()).hashed());
            return "(" + event(i + 2) + "|(of|change is) " + ChangeRecord.id(first.number()) + ")";
        }
    },

    ALTERED_AND_HASHED_ANEW {
        @Override
        String on(List<StoredEvents.Row> rows, Random random) {
            int i = random.nextInt(rows.size());
            rows.set(i, rows.get(i).withBody(other(rows.get(i).body(), random)).hashed());
            return event(i + 1);
        }
    },

    FORGED_AT_THE_END {
        @Override
        String on(List<StoredEvents.Row> rows, Random random) {
            StoredEvents.Row last = rows.get(rows.size() - 1);
            rows.add(forged(last, random)
                    .at(rows.size() + 1)
                    .withPrevious(last.hash())
                    .hashed());
            return event(rows.size());
        }
    },

    FORGED_FAR_FROM_THE_END {
        @Override
        String on(List<StoredEvents.Row> rows, Random random) {
            StoredEvents.Row last = rows.get(rows.size() - 1);
            long where = random.nextBoolean() ? -random.nextInt(9) : rows.size() + 2L + random.nextInt(1_000_000);
            rows.add(forged(last, random).at(where).withPrevious(last.hash()).hashed());
            return event(where);
        }
    },

    CONTENT_REMOVED {
        @Override
        String on(List<StoredEvents.Row> rows, Random random) {
            int i = notSealed(rows, random);
            rows.set(i, rows.get(i).withBody(""));
            return event(i + 1);
        }
    },

    CONTENT_REMOVED_AND_A_SEAL_FORGED_AT_THE_END {
        @Override
        String on(List<StoredEvents.Row> rows, Random random) {
            int i = notSealed(rows, random);
            StoredEvents.Row emptied = rows.get(i).withBody("");
            rows.set(i, emptied);
            StoredEvents.Row last = rows.get(rows.size() - 1);
            rows.add(emptied.with(emptied.number(), 50)
                    .withBody(seal(emptied))
                    .at(rows.size() + 1)
                    .withPrevious(last.hash())
                    .hashed());
            return event(rows.size());
        }
    },

    CONTENT_REMOVED_AND_A_SEAL_IN_ITS_OWN_PLACE {
        @Override
        String on(List<StoredEvents.Row> rows, Random random) {
            int i = 1 + random.nextInt(rows.size() - 1);
            rows.set(i, rows.get(i).withBody(seal(rows.get(i - 1))).hashed());
            rows.set(i - 1, rows.get(i - 1).withBody(""));
            return "(" + event(i + 1) + "|" + event(i) + ")";
        }
    },

    FORGED_IN_BETWEEN {
        @Override
        String on(List<StoredEvents.Row> rows, Random random) {
            int i = 1 + random.nextInt(rows.size() - 1);
            StoredEvents.Row before = rows.get(i - 1);
            rows.add(
                    i,
                    forged(before, random).at(i + 1).withPrevious(before.hash()).hashed());
            renumber(rows, i + 1);
            // Forged so well that only the next one tells.
            return event(i + 2);
        }
    };

    /**
     * Does it.
     *
     * @param rows the events, in their order; is changed
     * @return a pattern of what has to be named
     */
    abstract String on(List<StoredEvents.Row> rows, Random random);

    private static String event(long sequence) {
        return "[Ee]vent " + sequence;
    }

    private static StoredEvents.Row forged(StoredEvents.Row like, Random random) {
        return like.with(like.number(), 50 + random.nextInt(50)).withBody(other(like.body(), random));
    }

    private static String other(String text, Random random) {
        if (text.isEmpty()) {
            // The content was sealed; something else is put in its place.
            return "x";
        }
        int i = random.nextInt(text.length());
        char old = text.charAt(i);
        char next = (char) ('0' + random.nextInt(10));
        return text.substring(0, i) + (next == old ? 'x' : next) + text.substring(i + 1);
    }

    /** Returns an event that still has its content. */
    private static int notSealed(List<StoredEvents.Row> rows, Random random) {
        int i = random.nextInt(rows.size());
        while (rows.get(i).body().isEmpty()) {
            i = random.nextInt(rows.size());
        }
        return i;
    }

    private static String seal(StoredEvents.Row row) {
        ChangeEvent.Sealed.Covered covered = new ChangeEvent.Sealed.Covered(
                row.sequence(), row.version(), row.controller() == null ? "" : row.controller(), row.hash());
        return new RecordJson().write(new ChangeEvent.Sealed(Events.AT, "because", "v".repeat(64), List.of(covered)));
    }

    private static void renumber(List<StoredEvents.Row> rows, int from) {
        for (int i = from; i < rows.size(); i++) {
            rows.set(i, rows.get(i).at(i + 1));
        }
    }
}
