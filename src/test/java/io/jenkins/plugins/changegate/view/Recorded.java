package io.jenkins.plugins.changegate.view;

import io.jenkins.plugins.changegate.config.ChangeGateConfiguration;
import io.jenkins.plugins.changegate.engine.content.ContentFacts;
import io.jenkins.plugins.changegate.engine.delta.Delta;
import io.jenkins.plugins.changegate.engine.delta.FileChange;
import io.jenkins.plugins.changegate.engine.delta.Person;
import io.jenkins.plugins.changegate.engine.delta.Reading;
import io.jenkins.plugins.changegate.engine.delta.Totals;
import io.jenkins.plugins.changegate.engine.judge.Judge;
import io.jenkins.plugins.changegate.engine.judge.Judgement;
import io.jenkins.plugins.changegate.engine.policy.Layer;
import io.jenkins.plugins.changegate.engine.policy.Policy;
import io.jenkins.plugins.changegate.engine.record.ChangeEvent;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.ChangeStore;
import io.jenkins.plugins.changegate.engine.record.Decision;
import io.jenkins.plugins.changegate.engine.record.Origin;
import io.jenkins.plugins.changegate.engine.record.Outcome;
import io.jenkins.plugins.changegate.ledger.ChangeRecords;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A change that was judged and deployed, without a run.
 *
 * @param job where
 * @param service what
 * @param path its only file
 * @param lines how many lines are added
 * @param base the letter that the name of the commit before is made of
 * @param head the letter that the name of the commit is made of
 * @param outcome how the deployment ended
 */
record Recorded(String job, String service, String path, int lines, char base, char head, Outcome outcome) {

    /** Records it as having been opened then; it is judged by the policies of now, and by a repository's own. */
    ChangeRecord at(Instant when, String... own) throws Exception {
        ChangeGateConfiguration configuration = ChangeGateConfiguration.get();
        List<Policy> policies = new ArrayList<>(List.of(configuration.reader().builtIn()));
        configuration.readPolicy().ifPresent(policies::add);
        for (String text : own) {
            policies.add(
                    configuration.reader().read(Layer.REPOSITORY, ".changegate.yml", ".changegate.yml at head", text));
        }
        Judge judge = new Judge(policies, List.of());
        Person dev = new Person("dev", "dev@example.org");
        Delta delta = new Delta(
                Character.toString(base).repeat(40),
                Character.toString(head).repeat(40),
                List.of(new FileChange(path, path, FileChange.Status.MODIFIED, lines, 0, false, false, false, false)),
                new Totals(1, 0, 0, lines, 0),
                List.of(),
                List.of(dev));
        Judgement judgement = judge.judge(service, "production", new Reading(delta, List.of()), ContentFacts.NONE);
        ChangeStore store = ChangeRecords.get().store();
        store.keepPolicies(judge.texts());
        ChangeRecord record = store.open(new ChangeEvent.Opened(
                when,
                new Origin(job, 1, "7"),
                "dev",
                "",
                judgement,
                delta.head(),
                List.of(dev),
                delta,
                List.of(),
                "d".repeat(64)));
        record = store.append(record, new ChangeEvent.Decided(when, Decision.PASSED, "", "It passed."))
                .orElseThrow();
        return store.append(record, new ChangeEvent.Ended(when, outcome, "It ended."))
                .orElseThrow();
    }
}
