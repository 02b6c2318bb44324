/*
 * Prepares the demo: two git repositories, a Pipeline job for each, and one deployment of each through the gate, so that
 * the next change has something to be compared with. Whatever is there already is left alone.
 */
import hudson.init.InitMilestone
import hudson.model.Cause
import hudson.model.CauseAction
import hudson.model.Result
import hudson.model.User
import hudson.plugins.git.BranchSpec
import hudson.plugins.git.GitSCM
import hudson.security.ACL
import hudson.security.ACLContext
import java.util.concurrent.TimeUnit
import java.util.logging.Level
import java.util.logging.Logger
import jenkins.model.Jenkins
import org.jenkinsci.plugins.workflow.cps.CpsScmFlowDefinition
import org.jenkinsci.plugins.workflow.job.WorkflowJob
import org.jenkinsci.plugins.workflow.job.WorkflowRun
import org.jenkinsci.plugins.workflow.support.steps.input.InputAction

class Demo {

    static final Logger LOGGER = Logger.getLogger('demo')
    static final long PATIENCE = TimeUnit.MINUTES.toMillis(5)

    final File home = Jenkins.get().rootDir

    void start() {
        await('Jenkins to start') { Jenkins.get().initLevel == InitMilestone.COMPLETED }
        prepare('shop', [['dana', '2026-11-02T09:00:00Z', 'Round prices to the nearest cent']])
        prepare('payments', [['dana', '2026-11-03T10:00:00Z', 'Keep the reason of a refund']])
        LOGGER.info('The demo is ready: see README.md for who may do what')
    }

    private void prepare(String service, List next) {
        File repository = new File(home, "demo/repositories/$service")
        if (!new File(repository, '.git').directory) {
            git(repository, 'init', '--quiet', '--initial-branch=main')
            commit(repository, service, '1', 'dana', '2026-11-01T08:00:00Z', "Begin $service")
        }
        WorkflowJob job = Jenkins.get().getItem(service) ?: create(service, repository)
        if (git(repository, 'rev-list', '--count', 'HEAD').trim() == '1') {
            deploy(job)
            next.each { author, date, subject -> commit(repository, service, '2', author, date, subject) }
        }
    }

    private static WorkflowJob create(String service, File repository) {
        WorkflowJob job = Jenkins.get().createProject(WorkflowJob, service)
        GitSCM scm = new GitSCM(
                GitSCM.createRepoList(repository.toURI().toString(), null), [new BranchSpec('main')], null, null, [])
        job.definition = new CpsScmFlowDefinition(scm, 'Jenkinsfile')
        job.save()
        return job
    }

    /** The first deployment through the gate always asks; the demo's own people answer, as they would in the browser. */
    private static void deploy(WorkflowJob job) {
        Cause cause = acting('dana') { new Cause.UserIdCause() }
        WorkflowRun run = job.lastBuild?.building
                ? job.lastBuild
                : job.scheduleBuild2(0, new CauseAction(cause)).waitForStart()
        await("the first deployment of $job.name") {
            ['tess', 'maya'].each { approve(run, it) }
            !run.building
        }
        if (run.result != Result.SUCCESS) {
            throw new IllegalStateException("The first deployment, $run, ended as $run.result: see its log")
        }
    }

    private static void approve(WorkflowRun run, String user) {
        def prompt = run.getAction(InputAction)?.executions?.find { !it.settled }
        if (prompt != null) {
            acting(user) { prompt.doProceedEmpty() }
        }
    }

    private static Object acting(String user, Closure work) {
        ACLContext context = ACL.as2(User.getById(user, false).impersonate2())
        try {
            return work()
        } finally {
            context.close()
        }
    }

    private void commit(File repository, String service, String step, String author, String date, String subject) {
        File source = new File(home, "demo/$service/$step")
        source.eachFileRecurse(groovy.io.FileType.FILES) { file ->
            File target = new File(repository, source.toPath().relativize(file.toPath()).toString())
            target.parentFile.mkdirs()
            target.bytes = file.bytes
        }
        git(repository, 'add', '--all')
        git(repository, [GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date],
                '-c', "user.name=${User.getById(author, false).fullName}", '-c', "user.email=$author@example.com",
                '-c', 'commit.gpgSign=false', 'commit', '--quiet', '-m', subject)
    }

    private static String git(File repository, Map environment = [:], Object... arguments) {
        repository.mkdirs()
        ProcessBuilder git = new ProcessBuilder(['git', *arguments]*.toString()).directory(repository)
        git.environment().putAll(environment)
        Process process = git.redirectErrorStream(true).start()
        process.outputStream.close()
        String output = process.inputStream.text
        if (process.waitFor() != 0) {
            throw new IOException("git ${arguments.join(' ')}: $output")
        }
        return output
    }

    private static void await(String what, Closure<Boolean> condition) {
        long end = System.currentTimeMillis() + PATIENCE
        while (!condition()) {
            if (System.currentTimeMillis() > end) {
                throw new IllegalStateException("Waited too long for $what")
            }
            Thread.sleep(500)
        }
    }
}

Thread.startDaemon('demo') {
    ACL.as2(ACL.SYSTEM2)
    try {
        new Demo().start()
    } catch (Exception e) {
        Demo.LOGGER.log(Level.WARNING, 'The demo could not be prepared; it is tried again at the next start', e)
    }
}
