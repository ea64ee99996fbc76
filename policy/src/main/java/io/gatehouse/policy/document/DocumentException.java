package io.gatehouse.policy.document;

import java.util.List;
import java.util.stream.Collectors;

/** Documents were refused, as a whole; says all that was found wrong with them. */
public final class DocumentException extends IllegalArgumentException {
    private static final int MAX_TOLD = 20;

    private final transient List<DocumentProblem> problems;

    public DocumentException(List<DocumentProblem> problems) {
        super(problems.stream().limit(MAX_TOLD).map(DocumentProblem::toString).collect(Collectors.joining("\n"))
                + (problems.size() > MAX_TOLD ? "\nand " + (problems.size() - MAX_TOLD) + " more" : ""));
        this.problems = List.copyOf(problems);
        if (problems.isEmpty()) {
            throw new IllegalArgumentException("a document that is refused has a problem");
        }
    }

    public DocumentException(DocumentProblem problem) {
        this(List.of(problem));
    }

    /** What is wrong, in the order of the documents; at least one. */
    public List<DocumentProblem> problems() {
        return problems;
    }
}
