package io.gatehouse.biometrics.model;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which licences of models are taken without a further word. Asked for each file when a pack is loaded, so that a model
 * whose licence nobody looked at does not slip into a product. Immutable and thread-safe.
 *
 * <p>Licences are SPDX expressions (SPDX 2.3, annex D): of {@code OR} one side must be allowed, of {@code AND} both;
 * {@code WITH} keeps to the licence before it. A file of grade C, whose licence something contradicts, is refused
 * whatever it says, unless its expression was accepted literally.
 */
public final class LicencePolicy {
    private static final Set<String> PERMISSIVE = Set.of(
            "0BSD",
            "Apache-2.0",
            "BSD-2-Clause",
            "BSD-3-Clause",
            "BSL-1.0",
            "CC-BY-4.0",
            "CC0-1.0",
            "ISC",
            "MIT",
            "MIT-0",
            "Unlicense",
            "Zlib");
    private static final LicencePolicy DEFAULT = new LicencePolicy(PERMISSIVE, Set.of(), false);
    private static final Pattern TOKEN = Pattern.compile("\\s*([()]|[A-Za-z0-9.:+-]+)\\s*");
    private static final int MAX_EXPRESSION = 512;

    private final Set<String> allowed;
    private final Set<String> accepted;
    private final boolean anything;

    private LicencePolicy(Set<String> allowed, Set<String> accepted, boolean anything) {
        this.allowed = Set.copyOf(allowed);
        this.accepted = Set.copyOf(accepted);
        this.anything = anything;
    }

    /** Licences that ask for no more than to be named; what a pack is loaded with unless told otherwise. */
    public static LicencePolicy permissive() {
        return DEFAULT;
    }

    /** Only these SPDX identifiers, for those whose lawyers have a list of their own. */
    public static LicencePolicy of(String... identifiers) {
        return new LicencePolicy(Set.copyOf(Arrays.asList(identifiers)), Set.of(), false);
    }

    /** Takes every model, also one that nobody may use. For looking at models, not for products. */
    public static LicencePolicy insecureAcceptAnything() {
        return new LicencePolicy(Set.of(), Set.of(), true);
    }

    /**
     * The same, and files whose whole licence expression is this, also of grade C: whoever calls this has the right to use
     * them.
     *
     * @param expression as the descriptor has it, for example {@code LicenseRef-our-contract}
     */
    public LicencePolicy acceptLicence(String expression) {
        Set<String> more = new HashSet<>(accepted);
        more.add(expression);
        return new LicencePolicy(allowed, more, anything);
    }

    /** Why a file is not taken; empty if it is. */
    Optional<String> refusal(ModelFile file) {
        if (anything || accepted.contains(file.licence())) {
            return Optional.empty();
        }
        if (file.grade().equals("C")) {
            return Optional.of("it is of grade C: that its licence '" + file.licence() + "' holds is not shown");
        }
        return isAllowed(file.licence())
                ? Optional.empty()
                : Optional.of("its licence '" + file.licence() + "' is not among those allowed");
    }

    boolean isAllowed(String expression) {
        if (expression.length() > MAX_EXPRESSION) {
            return false;
        }
        List<String> tokens =
                TOKEN.matcher(expression).results().map(match -> match.group(1)).toList();
        int letters = tokens.stream().mapToInt(String::length).sum();
        // What is not a token must be space only, or the expression is something else.
        if (letters != expression.replaceAll("\\s", "").length()) {
            return false;
        }
        Reader reader = new Reader(tokens);
        boolean isAllowed = reader.either();
        return reader.isWell && reader.at == tokens.size() && isAllowed;
    }

    /** Reads an expression by recursive descent; {@code AND} binds before {@code OR}. */
    private final class Reader {
        private final List<String> tokens;
        private int at;
        private boolean isWell = true;

        private Reader(List<String> tokens) {
            this.tokens = tokens;
        }

        private boolean either() {
            boolean isAllowed = both();
            while (take("OR")) {
                // Both sides are read whatever the first says.
                isAllowed |= both();
            }
            return isAllowed;
        }

        private boolean both() {
            boolean isAllowed = one();
            while (take("AND")) {
                isAllowed &= one();
            }
            return isAllowed;
        }

        private boolean one() {
            if (take("(")) {
                boolean isAllowed = either();
                isWell &= take(")");
                return isAllowed;
            }
            if (at >= tokens.size() || !Character.isLetterOrDigit(tokens.get(at).charAt(0))) {
                isWell = false;
                return false;
            }
            boolean isAllowed = allowed.contains(tokens.get(at++));
            if (take("WITH")) {
                at++;
            }
            return isAllowed;
        }

        private boolean take(String token) {
            boolean isNext = at < tokens.size() && tokens.get(at).equals(token);
            at += isNext ? 1 : 0;
            return isNext;
        }
    }
}
