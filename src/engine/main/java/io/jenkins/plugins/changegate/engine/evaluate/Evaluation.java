package io.jenkins.plugins.changegate.engine.evaluate;

import io.jenkins.plugins.changegate.engine.learn.PriorFit;
import io.jenkins.plugins.changegate.engine.risk.PriorCoefficients;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/** Evaluates the model on all data sets in a folder. The same data gives the same figures, whatever the machine. */
public final class Evaluation {

    private static final int THREADS = 2;

    private final List<Path> files;

    /** What is computed of one file. */
    private record Evaluated(
            Project project, Figures model, Figures linesAdded, Map<String, PairedBootstrap.Pair> published) {}

    /**
     * @param folder with files *.csv and *.csv.gz, each a project; those in folders below are left out
     * @throws DataException if there is none
     */
    public Evaluation(Path folder) throws DataException {
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(Files::isRegularFile)
                    .filter(file -> String.valueOf(file.getFileName()).matches(".+\\.csv(\\.gz)?"))
                    .sorted()
                    .toList();
        } catch (NotDirectoryException e) {
            throw new DataException(folder + ": this is no folder; name the one with the files", e);
        } catch (IOException e) {
            throw new DataException(folder + ": this folder cannot be read: " + e, e);
        }
        if (files.isEmpty()) {
            throw new DataException(folder + ": there are no files *.csv or *.csv.gz in this folder");
        }
        TreeSet<String> names = new TreeSet<>();
        for (Path file : files) {
            if (!names.add(ProjectReader.name(file))) {
                throw new DataException(file + ": this project is there twice, plain and compressed; remove one");
            }
        }
    }

    /** Makes the coefficients of the prior anew, from the train parts. */
    public PriorCoefficients prior() throws DataException {
        List<Project> projects = new ArrayList<>();
        for (Path file : files) {
            projects.add(ProjectReader.read(file));
        }
        try {
            return PriorFit.fit(projects.stream().map(Project::train).toList());
        } catch (IllegalArgumentException e) {
            throw new DataException("the coefficients cannot be fitted: " + e.getMessage(), e);
        }
    }

    /** Evaluates, with two threads. */
    public EvaluationReport evaluate() throws DataException {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<Evaluated>> running = files.stream()
                    .map(file -> threads.submit(() -> evaluate(file)))
                    .toList();
            List<Evaluated> done = new ArrayList<>();
            for (Future<Evaluated> each : running) {
                done.add(each.get());
            }
            return report(done);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof DataException wrong) {
                throw wrong;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DataException("interrupted", e);
        } finally {
            threads.shutdownNow();
        }
    }

    private static Evaluated evaluate(Path file) throws DataException {
        Project project = ProjectReader.read(file);
        Published published = Published.beside(file, project);
        Measurement model = new Measurement(new ModelRanking(), project);
        Measurement linesAdded = new Measurement(new LinesAddedRanking(), project);
        double[] ours = model.scores();
        boolean[] bad = new boolean[ours.length];
        for (int i = 0; i < bad.length; i++) {
            bad[i] = project.test().get(i).failed();
        }
        Map<String, PairedBootstrap.Pair> pairs = new LinkedHashMap<>();
        published.scores().forEach((method, theirs) -> pairs.put(method, new PairedBootstrap.Pair(ours, theirs, bad)));
        return new Evaluated(project, model.figures(), linesAdded.figures(), pairs);
    }

    private static EvaluationReport report(List<Evaluated> done) {
        Map<String, EvaluationReport.Result> projects = new LinkedHashMap<>();
        TreeSet<String> methods = new TreeSet<>();
        List<String> notes = new ArrayList<>();
        for (Evaluated each : done) {
            projects.put(each.project.name(), new EvaluationReport.Result(each.model, each.linesAdded));
            methods.addAll(each.published.keySet());
            notes.addAll(each.project.notes());
        }
        EvaluationReport.Result mean = new EvaluationReport.Result(
                Figures.mean(done.stream().map(Evaluated::model).toList()),
                Figures.mean(done.stream().map(Evaluated::linesAdded).toList()));
        Map<String, EvaluationReport.Comparison> published = new LinkedHashMap<>();
        for (String method : methods) {
            PairedBootstrap.Difference difference = PairedBootstrap.compare(done.stream()
                    .filter(each -> each.published.containsKey(method))
                    .map(each -> each.published.get(method))
                    .toList());
            published.put(
                    method,
                    new EvaluationReport.Comparison(
                            difference.auc(), difference.difference(), difference.lower(), difference.upper()));
        }
        return new EvaluationReport(projects, mean, published, notes);
    }
}
