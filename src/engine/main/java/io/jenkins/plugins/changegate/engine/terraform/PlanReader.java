package io.jenkins.plugins.changegate.engine.terraform;

import io.jenkins.plugins.changegate.engine.delta.Limits;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads a plan as {@code terraform show -json} writes it, as a stream.
 *
 * <p>Format: <a href="https://developer.hashicorp.com/terraform/internals/json-format">JSON Output Format</a>,
 * version 1 and the drafts before it. What it does not know of the format it passes over, but for actions: one that it
 * does not know is an error. Stateless; may be used from several threads.
 */
public final class PlanReader {

    /** Longest name of a key, in characters; keys are addresses or attributes. */
    private static final int NAME_LIMIT = 50_000;

    private static final int DEPTH_LIMIT = 500;

    private final Limits limits;

    /**
     * @param limits how many changes are listed, as files, and how many bytes are read, as text, at most
     */
    public PlanReader(Limits limits) {
        this.limits = Objects.requireNonNull(limits, "limits");
    }

    /**
     * Reads a plan to its end.
     *
     * @param in UTF-8; not closed
     * @throws IOException if it cannot be read, is larger than {@link Limits#text()}, or is no plan
     */
    public Plan read(InputStream in) throws IOException {
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(DEPTH_LIMIT)
                        .maxNameLength(NAME_LIMIT)
                        .maxStringLength(PlanFields.TEXT_LIMIT)
                        .build())
                .build();
        MessageDigest digest = sha256();
        InputStream bounded = new DigestInputStream(new Bounded(in, limits.text()), digest);
        try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), bounded)) {
            PlanBuilder plan = new PlanBuilder(limits.files());
            document(parser, plan);
            if (parser.nextToken() != null) {
                throw new IOException("This is no Terraform plan: something follows its end");
            }
            return plan.plan(HexFormat.of().formatHex(digest.digest()));
        } catch (JacksonException e) {
            if (e.getCause() instanceof IOException unreadable) {
                throw unreadable;
            }
            // Jackson's own message would quote the plan, which may hold secrets.
            throw new IOException("This is no Terraform plan: no JSON at line "
                    + e.getLocation().getLineNr() + ", column "
                    + e.getLocation().getColumnNr());
        }
    }

    private static void document(JsonParser parser, PlanBuilder plan) throws IOException {
        expect(parser.nextToken(), JsonToken.START_OBJECT, "the plan");
        Set<String> seen = new TreeSet<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (PlanFields.KNOWN.contains(name) && !seen.add(name)) {
                throw new IOException("This is no Terraform plan: '" + name + "' is there twice");
            }
            switch (name) {
                case "format_version" -> plan.format(PlanFields.text(parser, value, name));
                case "planned_values" -> {
                    parser.skipChildren();
                    plan.planned();
                }
                case "errored" -> plan.errored(value == JsonToken.VALUE_TRUE);
                case "complete" -> plan.complete(value == JsonToken.VALUE_TRUE);
                case "resource_changes" ->
                    each(
                            parser,
                            value,
                            name,
                            () -> plan.add(PlanFields.of(parser).resource(false)));
                case "resource_drift" ->
                    each(
                            parser,
                            value,
                            name,
                            () -> plan.add(PlanFields.of(parser).resource(true)));
                case "deferred_changes" ->
                    each(parser, value, name, () -> {
                        parser.skipChildren();
                        plan.deferred();
                    });
                case "output_changes" -> outputs(parser, value, plan);
                default -> parser.skipChildren();
            }
        }
    }

    /** Reads one element of a list, at whose first token the parser is. */
    private interface Element {
        void read() throws IOException;
    }

    private static void each(JsonParser parser, JsonToken value, String name, Element element) throws IOException {
        if (value == JsonToken.VALUE_NULL) {
            return;
        }
        expect(value, JsonToken.START_ARRAY, name);
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            expect(token, JsonToken.START_OBJECT, name);
            element.read();
        }
    }

    private static void outputs(JsonParser parser, JsonToken value, PlanBuilder plan) throws IOException {
        if (value == JsonToken.VALUE_NULL) {
            return;
        }
        expect(value, JsonToken.START_OBJECT, "output_changes");
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            expect(parser.nextToken(), JsonToken.START_OBJECT, "output_changes");
            plan.add(PlanFields.output(name, parser));
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    static void expect(JsonToken token, JsonToken wanted, String name) throws IOException {
        if (token != wanted) {
            throw new IOException("This is no Terraform plan: " + name + " has another form");
        }
    }

    /** Ends with an error where too much is read, instead of looking as if it were all. */
    private static final class Bounded extends FilterInputStream {
        private final long limit;
        private long left;

        Bounded(InputStream in, long limit) {
            super(in);
            this.limit = limit;
            this.left = limit;
        }

        @Override
        public int read() throws IOException {
            int b = in.read();
            count(b < 0 ? 0 : 1);
            return b;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = in.read(buffer, offset, length);
            count(Math.max(0, read));
            return read;
        }

        @Override
        public void close() {
            // Whoever opened it closes it.
        }

        private void count(int bytes) throws IOException {
            left -= bytes;
            if (left < 0) {
                throw new IOException("The plan is larger than the " + limit + " bytes that are read");
            }
        }
    }
}
