package io.jenkins.plugins.changegate.engine.delta;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * Packs the lists of a delta: numbers in as few bytes as they need, each path without what it shares with the one
 * before, then deflated (RFC 1951). Reading expects bytes from anybody.
 */
final class DeltaCodec {

    private static final int BINARY = 8;
    private static final int SUBMODULE = 16;
    private static final int MODE_CHANGED = 32;
    private static final int SYMLINK = 64;
    private static final int MOVED = 128;

    private DeltaCodec() {}

    /** Writes one value after another. */
    private interface Writing<T> {
        void write(PackedOutput out, T value) throws IOException;
    }

    /** Reads one value. */
    private interface ReadingOne<T> {
        T read(PackedInput in) throws IOException;
    }

    static byte[] files(List<FileChange> files) {
        return packed(files, new Writing<>() {
            private String last = "";

            @Override
            public void write(PackedOutput out, FileChange file) throws IOException {
                out.number(file.status().ordinal()
                        | (file.binary() ? BINARY : 0)
                        | (file.submodule() ? SUBMODULE : 0)
                        | (file.modeChanged() ? MODE_CHANGED : 0)
                        | (file.symlink() ? SYMLINK : 0)
                        | (file.oldPath() == null ? 0 : MOVED));
                out.after(last, file.path());
                last = file.path();
                if (file.oldPath() != null) {
                    out.after(file.path(), file.oldPath());
                }
                out.number(file.added());
                out.number(file.deleted());
            }
        });
    }

    static List<FileChange> filesOf(byte[] packed) throws IOException {
        return unpacked(packed, new ReadingOne<>() {
            private String last = "";

            @Override
            public FileChange read(PackedInput in) throws IOException {
                int flags = (int) in.number();
                last = in.after(last);
                return new FileChange(
                        last,
                        (flags & MOVED) == 0 ? null : in.after(last),
                        FileChange.Status.values()[flags & BINARY - 1],
                        Math.toIntExact(in.number()),
                        Math.toIntExact(in.number()),
                        (flags & BINARY) != 0,
                        (flags & SUBMODULE) != 0,
                        (flags & MODE_CHANGED) != 0,
                        (flags & SYMLINK) != 0);
            }
        });
    }

    static byte[] commits(List<Commit> commits) {
        return packed(commits, new Writing<>() {
            private long last;

            @Override
            public void write(PackedOutput out, Commit commit) throws IOException {
                out.text(commit.id());
                out.number(commit.undone() ? 1 : 0);
                // The sign goes into the lowest bit, so that small differences are small numbers.
                long step = commit.committed() - last;
                last = commit.committed();
                out.number(step << 1 ^ step >> 63);
                person(out, commit.author());
                person(out, commit.committer());
                out.number(commit.coAuthors().size());
                for (Person coAuthor : commit.coAuthors()) {
                    person(out, coAuthor);
                }
                out.text(commit.subject());
            }
        });
    }

    static List<Commit> commitsOf(byte[] packed) throws IOException {
        return unpacked(packed, new ReadingOne<>() {
            private long last;

            @Override
            public Commit read(PackedInput in) throws IOException {
                String id = in.text();
                boolean undone = in.number() == 1;
                long step = in.number();
                last += step >>> 1 ^ -(step & 1);
                Person author = person(in);
                Person committer = person(in);
                List<Person> coAuthors = new ArrayList<>();
                for (long left = in.number(); left > 0; left--) {
                    coAuthors.add(person(in));
                }
                return new Commit(id, undone, last, author, committer, coAuthors, in.text());
            }
        });
    }

    static byte[] people(List<Person> people) {
        return packed(people, DeltaCodec::person);
    }

    static List<Person> peopleOf(byte[] packed) throws IOException {
        return unpacked(packed, DeltaCodec::person);
    }

    private static void person(PackedOutput out, Person person) throws IOException {
        out.text(person.name());
        out.text(person.email());
    }

    private static Person person(PackedInput in) throws IOException {
        return new Person(in.text(), in.text());
    }

    private static <T> byte[] packed(List<T> values, Writing<? super T> writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PackedOutput out = new PackedOutput(new DeflaterOutputStream(bytes))) {
            out.number(values.size());
            for (T value : values) {
                writing.write(out, value);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Memory can be written to", e);
        }
        return bytes.toByteArray();
    }

    private static <T> List<T> unpacked(byte[] packed, ReadingOne<? extends T> reading) throws IOException {
        try (PackedInput in = new PackedInput(new InflaterInputStream(new ByteArrayInputStream(packed)))) {
            List<T> values = new ArrayList<>();
            for (long left = in.number(); left > 0; left--) {
                values.add(reading.read(in));
            }
            return values;
        } catch (ArithmeticException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IOException("A number that stands for nothing: " + e.getMessage(), e);
        }
    }
}
