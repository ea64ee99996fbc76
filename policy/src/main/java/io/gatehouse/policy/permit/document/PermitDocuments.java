package io.gatehouse.policy.permit.document;

import io.gatehouse.core.place.Site;
import io.gatehouse.policy.document.DocumentException;
import io.gatehouse.policy.document.DocumentLimits;
import io.gatehouse.policy.document.DocumentProblem;
import io.gatehouse.policy.document.DocumentSource;
import io.gatehouse.policy.internal.document.DocumentReader;
import io.gatehouse.policy.internal.document.Element;
import io.gatehouse.policy.internal.document.Fields;
import io.gatehouse.policy.permit.rule.GroupTree;
import io.gatehouse.policy.permit.rule.PolicySet;
import io.gatehouse.policy.permit.rule.Rule;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Reads policies for a site. Immutable and thread-safe. A document of kind {@code permit/1} says the version, the groups, the
 * schedules and rules; documents of kind {@code permit-rules/1} beside it bring further rules. Rules are read one by one, so that
 * there may be many. What is wrong, in whichever of them, is refused as a whole with file, line and what was expected.
 */
public final class PermitDocuments {
    private static final String KIND = "permit/1";
    private static final String MORE = "permit-rules/1";
    private static final String[] ROOT = {"kind", "version", "approvals", "alerts", "groups", "calendars", "schedules"};
    private static final int MAX_PROBLEMS = 100;

    private final DocumentReader reader;
    private final Site site;

    private PermitDocuments(DocumentReader reader, Site site) {
        this.reader = reader;
        this.site = Objects.requireNonNull(site, "site");
    }

    public static PermitDocuments create(Site site, DocumentLimits limits) {
        return new PermitDocuments(DocumentReader.of(limits), site);
    }

    /** The JSON Schema (2020-12) of the documents. */
    public static String schema() {
        try (InputStream in = Objects.requireNonNull(
                PermitDocuments.class.getResourceAsStream("permit-1.schema.json"), "permit-1.schema.json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the schema cannot be read", e);
        }
    }

    /**
     * The policy of a document and of those that bring further rules.
     *
     * @throws DocumentException with all that is wrong
     * @throws IOException if a document cannot be read from its disk
     */
    public PolicySet read(DocumentSource main, DocumentSource... more) throws IOException {
        // First for what rules refer to, wherever in the document it stands; then for the rules.
        Fields root = reader.stream(main, "rules", rule -> {}).fields(ROOT);
        requireKind(root, KIND);
        long version = root.required("version").integer(1, Long.MAX_VALUE);
        int approvals =
                root.optional("approvals").map(it -> (int) it.integer(1, 2)).orElse(1);
        Set<String> alerts = new HashSet<>(root.list("alerts", Element::text));
        GroupTree groups = root.optional("groups").map(PermitDocuments::groups).orElse(GroupTree.undeclared());
        Gathering rules = new Gathering(new RuleReader(site, new ScheduleReader(root), groups, alerts));
        reader.stream(main, "rules", rules::add);
        for (DocumentSource source : more) {
            requireKind(reader.stream(source, "rules", rules::add).fields("kind"), MORE);
        }
        List<Rule> read = rules.finished();
        return root.owner().made(() -> new PolicySet(version, read, groups, alerts, approvals));
    }

    private static void requireKind(Fields root, String kind) {
        Element element = root.required("kind");
        if (!element.text().equals(kind)) {
            throw element.refuse("'" + kind + "'");
        }
    }

    private static GroupTree groups(Element element) {
        Map<String, Optional<String>> parents = new HashMap<>();
        for (Element item : element.items()) {
            Fields fields = item.fields("name", "within");
            Element name = fields.required("name");
            if (parents.putIfAbsent(name.text(), fields.optional("within").map(Element::text)) != null) {
                throw name.refuse("a name that is not declared yet");
            }
        }
        return element.made(() -> new GroupTree(parents));
    }

    /** The rules so far, and what is wrong with others. Used by one thread. */
    private static final class Gathering {
        private final RuleReader reader;
        private final List<Rule> rules = new ArrayList<>();
        private final Map<String, String> places = new HashMap<>();
        private final List<DocumentProblem> problems = new ArrayList<>();

        Gathering(RuleReader reader) {
            this.reader = reader;
        }

        void add(Element element) {
            try {
                Rule rule = reader.read(element);
                DocumentProblem here = element.problem("rule id '" + rule.id() + "' is taken");
                String before = places.putIfAbsent(rule.id(), here.file() + ":" + here.line());
                if (before != null) {
                    throw new DocumentException(element.problem(
                            "expected an id of its own, found '" + rule.id() + "', which is that of " + before));
                }
                rules.add(rule);
            } catch (DocumentException e) {
                problems.addAll(e.problems());
                if (problems.size() >= MAX_PROBLEMS) {
                    throw new DocumentException(problems);
                }
            }
        }

        List<Rule> finished() {
            if (!problems.isEmpty()) {
                throw new DocumentException(problems);
            }
            return rules;
        }
    }
}
