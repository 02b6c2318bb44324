package io.jenkins.plugins.changegate.engine.record;

import io.jenkins.plugins.changegate.engine.delta.Commit;
import io.jenkins.plugins.changegate.engine.judge.Judgement;
import io.jenkins.plugins.changegate.engine.policy.Layer;
import io.jenkins.plugins.changegate.engine.policy.Principal;
import io.jenkins.plugins.changegate.engine.policy.Requirement;
import io.jenkins.plugins.changegate.engine.risk.Contribution;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes from a record what measures are made of. */
final class Facts {

    /** How {@code judge.Match} ends a reason that a rule gave. */
    private static final Pattern RULE = Pattern.compile("\\(rule ([^:()]+?)(?: of (the organisation's policy"
            + "|the repository's policy|the policy of the folder [^:]*?))?(?:: .*)?\\)$");

    private static final String NAMED = "people named by the policy";

    private Facts() {}

    /**
     * @param controller which Jenkins the record is of
     * @param undoes the number of the change that this one took back; 0 if none
     * @return empty if it is not decided yet
     */
    static Optional<ChangeFact> of(ChangeRecord record, String controller, long undoes) {
        return record.decided().map(decided -> of(record, decided, controller, undoes));
    }

    private static ChangeFact of(ChangeRecord record, ChangeEvent.Decided decided, String controller, long undoes) {
        ChangeEvent.Opened opened = record.opened();
        Judgement judgement = opened.judgement();
        return new ChangeFact(
                record.number(),
                controller,
                opened.origin().job(),
                opened.particulars().product(),
                judgement.target(),
                judgement.type(),
                judgement.assessment().level(),
                judgement.assessment().score(),
                judgement.verdict().kind(),
                decided.decision(),
                second(opened.at()),
                second(decided.at()),
                record.ended()
                        .map(ended -> new ChangeFact.End(
                                second(ended.at()), record.outcome().orElse(ended.outcome()))),
                record.links().stream().anyMatch(link -> link.kind() == Link.Kind.INCIDENT),
                undoes,
                commitAge(opened),
                List.copyOf(rules(judgement)),
                waits(record),
                policy(judgement));
    }

    static Instant second(Instant time) {
        return Instant.ofEpochSecond(time.getEpochSecond());
    }

    private static long commitAge(ChangeEvent.Opened opened) {
        if (opened.delta() == null) {
            return -1;
        }
        long[] ages = opened.delta().commits().stream()
                .filter(commit -> !commit.undone())
                .mapToLong(Commit::committed)
                // A clock of somebody's that is fast makes no commit come from the future.
                .map(committed -> Math.max(0, opened.at().getEpochSecond() - committed))
                .sorted()
                .toArray();
        return ages.length == 0 ? -1 : ages[(ages.length - 1) / 2];
    }

    private static SortedSet<String> rules(Judgement judgement) {
        SortedSet<String> rules = new TreeSet<>();
        for (Contribution part : judgement.assessment().contributions()) {
            if (!part.layer().isEmpty()) {
                rules.add(rule(part.source(), part.layer()));
            }
        }
        for (String reason : judgement.verdict().reasons()) {
            Matcher matcher = RULE.matcher(reason);
            if (matcher.find()) {
                rules.add(rule(
                        matcher.group(1), Optional.ofNullable(matcher.group(2)).orElse("")));
            }
        }
        judgement.observed().map(Judgement.Observed::rules).stream()
                .flatMap(Collection::stream)
                .forEach(rule -> rules.add(plain(rule) + ", only observed"));
        return rules;
    }

    private static String rule(String name, String layer) {
        return plain(layer.isEmpty() || layer.equals(Layer.BUILT_IN.words()) ? name : name + " of " + layer);
    }

    /** Returns a name on one line, as it is stored one line each. */
    private static String plain(String name) {
        return name.replaceAll("\\p{Cntrl}", " ");
    }

    private static String policy(Judgement judgement) {
        return judgement.policies().stream()
                .filter(applied -> applied.layer().kind() != Layer.Kind.BUILT_IN)
                .findFirst()
                .or(() -> judgement.policies().stream().findFirst())
                .map(Judgement.Applied::version)
                .orElse("");
    }

    private static List<ChangeFact.Wait> waits(ChangeRecord record) {
        List<Requirement> requirements = record.opened().judgement().verdict().requirements();
        if (requirements.isEmpty()) {
            return List.of();
        }
        Instant[] met = new Instant[requirements.size()];
        for (int i = 1; i < record.version(); i++) {
            ChangeEvent event = record.history().get(i);
            if (event instanceof ChangeEvent.Decided) {
                break;
            }
            if (event instanceof ChangeEvent.Approved || event instanceof ChangeEvent.Withdrawn) {
                int[] counted = new ChangeRecord(
                                record.number(), record.history().subList(0, i + 1))
                        .ballot()
                        .counted();
                for (int each = 0; each < met.length; each++) {
                    boolean enough = counted[each] >= requirements.get(each).atLeast();
                    met[each] = !enough ? null : met[each] == null ? event.at() : met[each];
                }
            }
        }
        List<ChangeFact.Wait> waits = new ArrayList<>();
        for (int each = 0; each < met.length; each++) {
            Requirement requirement = requirements.get(each);
            waits.add(new ChangeFact.Wait(
                    words(requirement),
                    met[each] == null ? -1 : seconds(asked(record, requirements, met, requirement), met[each])));
        }
        return waits;
    }

    /** Returns when a requirement was asked: when all of earlier stages were met. */
    private static Instant asked(
            ChangeRecord record, List<Requirement> requirements, Instant[] met, Requirement requirement) {
        Instant asked = record.opened().at();
        for (int each = 0; each < met.length; each++) {
            if (requirements.get(each).stage() < requirement.stage() && met[each] != null && met[each].isAfter(asked)) {
                asked = met[each];
            }
        }
        return asked;
    }

    private static long seconds(Instant from, Instant to) {
        return Math.max(0, to.getEpochSecond() - from.getEpochSecond());
    }

    /** Returns a requirement in words; who is asked by name is nobody that measures tell of. */
    private static String words(Requirement requirement) {
        boolean named = requirement.from().stream()
                .anyMatch(principal -> principal.kind() == Principal.Kind.USER
                        && principal.group().isEmpty());
        return plain(named ? requirement.atLeast() + " of " + NAMED : requirement.words());
    }

    /** Returns the lines of a text that has one name each. */
    static List<String> lines(String text) {
        return text.isEmpty() ? List.of() : Arrays.asList(text.split("\n"));
    }
}
