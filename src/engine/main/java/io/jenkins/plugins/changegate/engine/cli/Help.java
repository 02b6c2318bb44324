package io.jenkins.plugins.changegate.engine.cli;

/** What {@code --help} prints. */
final class Help {

    static final String TEXT = """
            Usage: java -jar change-gate.jar COMMAND ...

            assess --repo DIR --base REV --head REV --environment NAME [--service NAME] [--policy FILE] [--json]
            assess --diff FILE --environment NAME [--service NAME] [--policy FILE] [--json]
            assess --plan FILE --environment NAME [--service NAME] [--policy FILE] [--json]

              Says what the gate would say of deploying head where base runs now, and why; or of a change that is in
              a file. That one never passes by itself, because a file does not say who wrote it.

              --repo DIR           a git clone
              --base REV           the commit that runs in the environment now
              --head REV           the commit about to be deployed
              --diff FILE          a unified diff, as of git diff or diff -ruN
              --plan FILE          a Terraform plan, as of terraform show -json
              --environment NAME   where to; its name tells the tier unless a policy does
              --service NAME       what is deployed (default: the repository's policy, or the directory's name,
                                   or the file's)
              --policy FILE        the organisation's policy; the repository's own .changegate.yml always applies
              --json               the whole judgement as JSON

              Exit status: 0 pass, 10 ask, 20 refuse, 2 wrong usage or something that cannot be read.

            evaluate --data DIR [--json]

              Says how well the model that learns foretells which changes turn out bad, on data sets of past changes.

              --data DIR           a folder of *.csv or *.csv.gz, one for each project, the oldest change first
              --json               the same as JSON

              Exit status: 0 done, 2 wrong usage or something that cannot be read.

            fit --data DIR

              Prints the coefficients of the score that comes with size alone, fitted to the train parts of data sets.

              Exit status: 0 done, 2 wrong usage or something that cannot be read.

            lint FILE... [--layer organisation|repository] [--strict] [--json]

              Says what is wrong in policies, and what in them has no effect. Calendars that
              are files are read from the top of the clone that the policy is in.

              --layer LAYER        whose policies they are (default: repository)
              --strict             exit with 1 if something has no effect
              --json               the same as JSON

              Exit status: 0 fine, 1 something has no effect (with --strict), 2 mistakes or wrong usage.

            replay --repo DIR --since DATE [--until DATE] [--policy FILE] [--against FILE] [--environment NAME]
                   [--service NAME] [--head REV] [--each commit|day|merge] [--no-repository-policy] [--json]

              Says what the gate would have said of the history of a branch, as if it had been deployed bit by bit.

              --repo DIR           a git clone
              --since DATE         from the beginning of this day in UTC, as in 2026-01-31
              --until DATE         to the end of this day (default: to the branch's tip)
              --policy FILE        the organisation's policy (default: none, only the built-in one)
              --against FILE       another policy of the organisation, today's for instance, to compare with
              --environment NAME   where to (default: production)
              --service NAME       what is deployed (default: the repository's policy, or the directory's name)
              --head REV           the branch (default: HEAD)
              --each EACH          what was deployed: each commit of the branch's first-parent history (commit, the
                                   default), the last one of each day (day), or only merges (merge)
              --no-repository-policy   leave out the .changegate.yml in each commit
              --json               the whole report as JSON

              Exit status: 0 done, 2 wrong usage or something that cannot be read.

            schema

              Prints the JSON Schema of policies, for editors.
            """;

    private Help() {}
}
