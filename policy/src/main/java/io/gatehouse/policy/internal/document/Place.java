package io.gatehouse.policy.internal.document;

import io.gatehouse.policy.document.DocumentException;
import io.gatehouse.policy.document.DocumentProblem;
import org.jspecify.annotations.Nullable;

/** Where an element stands: its line and column, and its name or number in what it lies in. */
record Place(String file, int line, int column, @Nullable Place parent, String step) {
    static Place root(String file, int line, int column) {
        return new Place(file, line, column, null, "");
    }

    Place field(String name, int atLine, int atColumn) {
        return new Place(file, atLine, atColumn, this, "." + name);
    }

    Place item(int index, int atLine, int atColumn) {
        return new Place(file, atLine, atColumn, this, "[" + index + "]");
    }

    DocumentProblem problem(String message) {
        return new DocumentProblem(file, line, column, path(), message);
    }

    DocumentException refuse(String message) {
        return new DocumentException(problem(message));
    }

    private String path() {
        StringBuilder path = new StringBuilder();
        for (Place at = this; at != null; at = at.parent()) {
            path.insert(0, at.step());
        }
        return path.length() > 0 && path.charAt(0) == '.' ? path.substring(1) : path.toString();
    }
}
