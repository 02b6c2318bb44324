package io.jenkins.plugins.changegate.engine.cli;

import io.jenkins.plugins.changegate.engine.assess.Assessor;
import io.jenkins.plugins.changegate.engine.condition.Circumstances;
import io.jenkins.plugins.changegate.engine.content.ContentFacts;
import io.jenkins.plugins.changegate.engine.content.ContentQuestions;
import io.jenkins.plugins.changegate.engine.content.ContentScan;
import io.jenkins.plugins.changegate.engine.delta.Delta;
import io.jenkins.plugins.changegate.engine.delta.DiffReader;
import io.jenkins.plugins.changegate.engine.delta.Limits;
import io.jenkins.plugins.changegate.engine.delta.Reading;
import io.jenkins.plugins.changegate.engine.judge.Judge;
import io.jenkins.plugins.changegate.engine.judge.Judgement;
import io.jenkins.plugins.changegate.engine.policy.ParticularsPolicy;
import io.jenkins.plugins.changegate.engine.policy.Policy;
import io.jenkins.plugins.changegate.engine.terraform.PlanReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Assesses a change that is in a file, where there is no clone: a unified diff or a Terraform plan. There is no policy of
 * a repository then, and nobody knows who wrote the change, so it never passes by itself.
 */
final class ChangeFile {

    private final Options options;
    private final Judge judge;

    ChangeFile(Options options, List<Policy> policies) {
        this.options = options;
        this.judge = new Judge(policies, List.of());
    }

    /**
     * @throws IOException if the file cannot be read, or is not what it is said to be
     * @throws Options.UsageException if it is not clear which file is meant
     */
    Assessor.Assessed assessed() throws IOException, Options.UsageException {
        if (Stream.of("repo", "base", "head", "diff", "plan")
                        .filter(options::flag)
                        .count()
                > 1) {
            throw new Options.UsageException("--diff or --plan takes the place of --repo, --base and --head");
        }
        boolean isDiff = options.flag("diff");
        Path file = Inputs.path(options.required(isDiff ? "diff" : "plan"));
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new Options.UsageException("the file " + file + " cannot be read");
        }
        Reading reading = isDiff ? new DiffReader(file, Limits.DEFAULT).read() : plan(file);
        Delta delta = reading.delta().orElseThrow();
        ContentQuestions questions = judge.questions();
        ContentFacts content = isDiff
                ? ContentScan.scan(new DiffReader(file, Limits.DEFAULT), delta, questions)
                : new ContentFacts(Map.of(), Map.of(), Map.of(), Map.of(), false, !ContentScan.asks(delta, questions));
        Judgement judgement = judge.judge(
                options.optional("service").orElse(String.valueOf(file.getFileName())),
                options.required("environment"),
                reading,
                content,
                Circumstances.at(Instant.now()));
        return new Assessor.Assessed(
                judgement, reading, delta.head(), List.of(), judge.texts(), ParticularsPolicy.NONE);
    }

    private static Reading plan(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new PlanReader(Limits.DEFAULT).read(in).reading();
        }
    }
}
