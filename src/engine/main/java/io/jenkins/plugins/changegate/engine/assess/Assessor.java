package io.jenkins.plugins.changegate.engine.assess;

import io.jenkins.plugins.changegate.engine.condition.Circumstances;
import io.jenkins.plugins.changegate.engine.content.ContentFacts;
import io.jenkins.plugins.changegate.engine.content.ContentQuestions;
import io.jenkins.plugins.changegate.engine.delta.Background;
import io.jenkins.plugins.changegate.engine.delta.Delta;
import io.jenkins.plugins.changegate.engine.delta.Gap;
import io.jenkins.plugins.changegate.engine.delta.GitReader;
import io.jenkins.plugins.changegate.engine.delta.Person;
import io.jenkins.plugins.changegate.engine.delta.Reading;
import io.jenkins.plugins.changegate.engine.judge.Judge;
import io.jenkins.plugins.changegate.engine.judge.Judgement;
import io.jenkins.plugins.changegate.engine.policy.CalendarSource;
import io.jenkins.plugins.changegate.engine.policy.Layer;
import io.jenkins.plugins.changegate.engine.policy.ParticularsPolicy;
import io.jenkins.plugins.changegate.engine.policy.Policy;
import io.jenkins.plugins.changegate.engine.risk.Basis;
import io.jenkins.plugins.changegate.engine.risk.Promise;
import io.jenkins.plugins.changegate.engine.syntax.PolicyReader;
import io.jenkins.plugins.changegate.engine.text.PolicyException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The way from a clone to a judgement: looks at the commit about to be deployed, finds out what runs there now, reads
 * the difference and the policies, asks about the text if a rule does, and judges.
 *
 * <p>The repository's policy is read at base and at head, and both apply: a change cannot loosen its own gate. May be
 * used from several threads.
 */
public final class Assessor {

    /** Where a repository's policy is, unless the pipeline says otherwise. */
    public static final String POLICY_FILE = ".changegate.yml";

    private final PolicyReader reader;
    private final List<Policy> above;
    private final List<Gap> gaps;
    private final CalendarSource addresses;

    /**
     * @param reader reads the repository's policies
     * @param above the policies of the layers above the repository's
     * @param gaps policies of those layers that could not be read
     */
    public Assessor(PolicyReader reader, List<Policy> above, List<Gap> gaps) {
        this(reader, above, gaps, CalendarSource.none("Only Jenkins reads addresses."));
    }

    /**
     * @param reader reads the repository's policies
     * @param above the policies of the layers above the repository's, with what their calendars say
     * @param gaps policies of those layers that could not be read
     * @param addresses reads calendars that the repository's policies name by their addresses
     */
    public Assessor(PolicyReader reader, List<Policy> above, List<Gap> gaps, CalendarSource addresses) {
        this.addresses = addresses;
        this.reader = reader;
        this.above = List.copyOf(above);
        this.gaps = List.copyOf(gaps);
    }

    /** Tells what runs in the target now. */
    @FunctionalInterface
    public interface Live {
        /**
         * @param service what is deployed
         * @return the revision to compare with, and what is unsure about it
         * @throws IOException if that cannot be found out
         */
        Base of(String service) throws IOException;

        /**
         * Tells what else is known of the change.
         *
         * @param service what is deployed
         * @param head full object name of the commit about to be deployed; empty if there is none
         * @param delta what changes; {@code null} if that is not known, and then no rule asks about any signal
         * @param signals the names of the signals that a rule asks about; whatever else is told of is recorded
         * @throws IOException if that cannot be found out
         */
        default Circumstances circumstances(String service, String head, Delta delta, Set<String> signals)
                throws IOException {
            return Circumstances.at(Instant.now());
        }

        /**
         * Tells what {@link #basis} needs to know of a change besides what it is.
         *
         * @param service what is deployed
         * @throws IOException if that cannot be found out
         */
        default Background.Asked asksBackground(String service) throws IOException {
            return Background.Asked.NOTHING;
        }

        /**
         * Tells what past deployments teach of a change.
         *
         * @param service what is deployed
         * @param delta what changes
         * @param environment where to
         * @param background what else is known of it; nothing unless {@link #asksBackground} asks for it
         * @param promises what policies want of the changes that pass by themselves
         * @return empty if nobody asks them, and size alone scores
         * @throws IOException if that cannot be found out
         */
        default Optional<Basis> basis(
                String service, String environment, Delta delta, Background background, Set<Promise> promises)
                throws IOException {
            return Optional.empty();
        }
    }

    /**
     * What to compare with.
     *
     * @param revision names the commit that runs there now; empty if nothing is known
     * @param gaps what is unsure about it
     */
    public record Base(Optional<String> revision, List<Gap> gaps) {
        public Base {
            gaps = List.copyOf(gaps);
        }
    }

    /**
     * What is asked.
     *
     * @param service what is deployed; empty for the repository's own name for it
     * @param serviceOtherwise the name if the repository has none
     * @param environment where to
     * @param head names the commit about to be deployed
     * @param policyFile the path of a policy from the repository's top; the usual one applies besides
     */
    public record Request(
            Optional<String> service, String serviceOtherwise, String environment, String head, String policyFile) {}

    /**
     * What was found.
     *
     * @param judgement the risk and the verdict
     * @param reading what could be read of the change
     * @param head full object name of the commit about to be deployed; empty if there is none
     * @param authors everybody who had a part in the change, as far as known
     * @param policies the texts of the policies that it was judged by
     * @param particulars what they say that it is part of, and how it is to be done
     */
    public record Assessed(
            Judgement judgement,
            Reading reading,
            String head,
            List<Person> authors,
            List<String> policies,
            ParticularsPolicy particulars) {

        /** Returns what a decision binds to. */
        public String binding() {
            return judgement.binding(reading.delta().map(Delta::base).orElse(""), head);
        }
    }

    /**
     * Assesses a change.
     *
     * @throws IOException if the clone cannot be reached
     */
    public Assessed assess(Repository repository, Request request, Live live) throws IOException {
        GitReader.Look head = repository.head(request.head(), request.policyFile());
        List<Policy> policies = new ArrayList<>(above);
        List<Gap> missing = new ArrayList<>(gaps);
        if (head.commit() == null) {
            String service = request.service().orElse(request.serviceOtherwise());
            return unread(
                    new Judge(policies, missing),
                    service,
                    request,
                    live,
                    new Reading(null, List.of(head.gap())),
                    "",
                    List.of(),
                    List.of());
        }
        if (head.gap() != null) {
            missing.add(head.gap());
        }
        String id = head.commit().id();
        CommitCalendars calendars = new CommitCalendars(repository, addresses);
        Optional<Policy> own = calendars.in(id, read(request.policyFile(), head.file(), "head", missing));
        own.ifPresent(policies::add);
        boolean another = !request.policyFile().equals(POLICY_FILE);
        if (another) {
            if (head.file() == null && head.gap() == null) {
                missing.add(new Gap(
                        Gap.Kind.POLICY_UNREADABLE,
                        "The pipeline names the policy " + request.policyFile() + ", which is not in the repository."));
            }
            policies.add(readUsual(repository, calendars, id, "head", missing)
                    .orElseGet(() -> Policy.absent(Layer.REPOSITORY, POLICY_FILE, "head")));
        }
        List<Policy> atHead =
                policies.subList(above.size(), policies.size()).stream().toList();
        String service =
                request.service().or(() -> own.flatMap(Policy::service)).orElse(request.serviceOtherwise());
        Base base = live.of(service);
        missing.addAll(base.gaps());
        if (base.revision().isEmpty()) {
            Reading none = new Reading(null, missing);
            List<Person> people = head.commit().people();
            // What runs there now has agreed to nothing.
            own.ifPresent(policy -> policies.add(Policy.absent(Layer.REPOSITORY, policy.file(), "base")));
            return unread(new Judge(policies, List.of()), service, request, live, none, id, people, atHead);
        }
        ContentQuestions known = new Judge(policies, List.of()).questions();
        Survey survey =
                repository.survey(base.revision().get(), id, request.policyFile(), known, live.asksBackground(service));
        Optional<Policy> before = own;
        boolean sameText = survey.policy() != null && survey.policy().equals(head.file());
        if (!sameText || own.filter(CommitCalendars::areFiles).isPresent()) {
            before = calendars.in(
                    base.revision().get(),
                    read(request.policyFile(), survey.policy(), "base", sameText ? new ArrayList<>() : missing));
        }
        if (!sameText || !CommitCalendars.versions(before).equals(CommitCalendars.versions(own))) {
            policies.add(before.orElseGet(() -> Policy.absent(Layer.REPOSITORY, request.policyFile(), "base")));
            if (own.isEmpty()) {
                policies.add(Policy.absent(Layer.REPOSITORY, request.policyFile(), "head"));
            }
        }
        if (another && survey.reading().delta().isPresent()) {
            String from = survey.reading().delta().get().base();
            policies.add(readUsual(repository, calendars, from, "base", missing)
                    .orElseGet(() -> Policy.absent(Layer.REPOSITORY, POLICY_FILE, "base")));
        }
        boolean readable = own.isPresent() == (head.file() != null) && before.isPresent() == (survey.policy() != null);
        if (request.service().isEmpty() && readable && survey.reading().delta().isPresent()) {
            renamed(own, before, request).ifPresent(missing::add);
        }
        Judge judge = new Judge(policies, missing);
        Reading reading = survey.reading();
        ContentFacts content = ContentFacts.NONE;
        // Where it is not known what changes, no rule is evaluated, and so none asks.
        Set<String> signals = Set.of();
        Optional<Basis> basis = Optional.empty();
        if (reading.delta().isPresent()) {
            content = survey.content() != null && judge.questions().equals(known)
                    ? survey.content()
                    : repository.answer(reading.delta().get(), judge.questions());
            signals = judge.signals();
            basis = live.basis(
                    service,
                    request.environment(),
                    reading.delta().get(),
                    survey.background(),
                    judge.promises(request.environment()));
        }
        Circumstances circumstances =
                live.circumstances(service, id, reading.deltaOrNull(), signals).withBasis(basis);
        Judgement judgement = judge.judge(service, request.environment(), reading, content, circumstances);
        List<Person> authors =
                reading.delta().map(Delta::people).orElseGet(() -> head.commit().people());
        List<Gap> all = new ArrayList<>(reading.gaps());
        all.addAll(missing);
        all.addAll(judge.unreadCalendars(judgement.target(), circumstances));
        return new Assessed(
                judgement, new Reading(reading.deltaOrNull(), all), id, authors, judge.texts(), particulars(atHead));
    }

    /** A change that renames its service chooses by that what it is compared with. */
    private static Optional<Gap> renamed(Optional<Policy> now, Optional<Policy> before, Request request) {
        String name = now.flatMap(Policy::service).orElse(request.serviceOtherwise());
        String old = before.flatMap(Policy::service).orElse(request.serviceOtherwise());
        return name.equals(old)
                ? Optional.empty()
                : Optional.of(new Gap(
                        Gap.Kind.BASE_CLAIMED,
                        "The change renames its service from " + old + " to " + name
                                + ", and so chooses what it is compared with."));
    }

    /**
     * Returns what a change is part of, and how it is to be done: what the repository says at head, and what the layer
     * nearest to the job says where that says nothing.
     */
    private ParticularsPolicy particulars(List<Policy> atHead) {
        return Stream.concat(
                        atHead.stream(),
                        above.stream().sorted(Comparator.comparing(Policy::layer, Comparator.reverseOrder())))
                .map(Policy::particulars)
                .reduce(ParticularsPolicy.NONE, ParticularsPolicy::or);
    }

    private Assessed unread(
            Judge judge,
            String service,
            Request request,
            Live live,
            Reading reading,
            String head,
            List<Person> authors,
            List<Policy> atHead)
            throws IOException {
        Circumstances circumstances = live.circumstances(service, head, null, Set.of());
        Judgement judgement = judge.judge(service, request.environment(), reading, ContentFacts.NONE, circumstances);
        List<Gap> all = new ArrayList<>(reading.gaps());
        all.addAll(judge.unreadCalendars(judgement.target(), circumstances));
        return new Assessed(judgement, new Reading(null, all), head, authors, judge.texts(), particulars(atHead));
    }

    /** A pipeline that names another policy gets that one besides the usual one, not instead of it. */
    private Optional<Policy> readUsual(
            Repository repository, CommitCalendars calendars, String commit, String where, List<Gap> missing)
            throws IOException {
        GitReader.Look look = repository.head(commit, POLICY_FILE);
        if (look.gap() != null) {
            missing.add(look.gap());
        }
        return calendars.in(commit, read(POLICY_FILE, look.file(), where, missing));
    }

    private Optional<Policy> read(String path, String text, String where, List<Gap> missing) {
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(reader.read(Layer.REPOSITORY, path, path + " at " + where, text));
        } catch (PolicyException e) {
            missing.add(new Gap(Gap.Kind.POLICY_UNREADABLE, "The repository's policy cannot be read: " + e.brief()));
            return Optional.empty();
        }
    }
}
