package io.jenkins.plugins.changegate.view;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.algorithm.myers.MyersDiffWithLinearSpace;
import com.github.difflib.patch.Patch;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * What is different between two texts of a policy, as a unified diff. Memory is linear in the lines; time grows with
 * the lines times the different ones, so texts with more than {@value #LINES} are not compared.
 */
@Restricted(NoExternalUse.class)
public final class PolicyDiff {

    private static final int LINES = 5000;
    private static final int CONTEXT = 3;

    /** The names of the two files stand before the first difference. */
    private static final int HEADER = 2;

    private final boolean comparable;
    private final List<Line> lines;

    /**
     * One line of the diff.
     *
     * @param text with its sign
     */
    public record Line(String text) {

        public String getText() {
            return text;
        }

        /** Returns {@code added}, {@code deleted}, {@code place} or {@code same}. */
        public String getKind() {
            return switch (text.isEmpty() ? ' ' : text.charAt(0)) {
                case '+' -> "added";
                case '-' -> "deleted";
                case '@' -> "place";
                default -> "same";
            };
        }
    }

    PolicyDiff(String before, String after) {
        List<String> old = Visible.text(before);
        List<String> now = Visible.text(after);
        comparable = old.size() <= LINES && now.size() <= LINES;
        lines = comparable ? compare(old, now) : List.of();
    }

    private static List<Line> compare(List<String> old, List<String> now) {
        Patch<String> patch = DiffUtils.diff(old, now, new MyersDiffWithLinearSpace<>());
        List<String> written = UnifiedDiffUtils.generateUnifiedDiff("", "", old, patch, CONTEXT);
        List<Line> lines = new ArrayList<>();
        List<Line> added = new ArrayList<>();
        for (String text : written.subList(Math.min(HEADER, written.size()), written.size())) {
            Line line = new Line(text);
            // What is deleted comes first, as everywhere; the comparison gives it in either order.
            if (line.getKind().equals("added")) {
                added.add(line);
            } else {
                if (!line.getKind().equals("deleted")) {
                    lines.addAll(added);
                    added.clear();
                }
                lines.add(line);
            }
        }
        lines.addAll(added);
        return List.copyOf(lines);
    }

    /** Whether the texts are short enough to be compared. */
    public boolean isComparable() {
        return comparable;
    }

    /** Returns the lines that are different, with some around them; empty if only ends of lines are. */
    public List<Line> getLines() {
        return lines;
    }
}
