package io.gatehouse.biometrics.gallery;

import io.gatehouse.biometrics.model.ModelPack;
import io.gatehouse.biometrics.model.Template;
import io.gatehouse.biometrics.protect.ExchangeFile;
import io.gatehouse.biometrics.protect.ExchangeKey;
import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.LawfulBasis;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.identity.Purpose;
import io.gatehouse.core.ledger.EventKind;
import io.gatehouse.core.vault.ShredCertificate;
import io.gatehouse.core.vault.Vault;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The references of people enrolled for one purpose with a model pack, and with older ones while people are enrolled
 * anew, each searched with probes of its own: in the store sealed by the vault, in memory
 * turned by a secret rotation of this gallery. A search compares with all of them exactly. Thread-safe: searches run
 * side by side and see one state; changes are made one at a time and are durable when the method returns.
 *
 * <p>A gallery holds to its purpose: a search for another is refused and recorded, and a person for whom the lawful
 * basis has gone is found by no search, even before the reference is removed. What the Java heap holds of overwritten
 * vectors until it is collected, and what the operating system swapped out, is beyond reach.
 */
public final class Gallery implements AutoCloseable {
    /** In the ledger: somebody searched for a purpose that the gallery is not for. */
    public static final EventKind SEARCH_REFUSED = EventKind.of("gallery.search-refused");

    /** In the ledger: a search or comparison, for what, how strict, and what came of it. */
    public static final EventKind SEARCHED = EventKind.of("gallery.searched");

    /** In the ledger: so many searches were beyond the limit since the last such entry. */
    public static final EventKind SEARCHES_LIMITED = EventKind.of("gallery.searches-limited");

    /** In the ledger: a face was not enrolled since it is another person's, and whoever enrolled was told whose. */
    public static final EventKind DUPLICATE_FOUND = EventKind.of("gallery.duplicate-found");

    /** In the ledger: a face that is another person's was enrolled all the same, and why. */
    public static final EventKind DUPLICATE_ALLOWED = EventKind.of("gallery.duplicate-allowed");

    /** In the ledger: templates were sent to another site, how many and until when they can be taken. */
    public static final EventKind EXPORTED = EventKind.of("gallery.exported");

    /** In the ledger: templates of another site were taken. */
    public static final EventKind IMPORTED = EventKind.of("gallery.imported");

    /** In the ledger: an export or import was refused, and why. */
    public static final EventKind EXCHANGE_REFUSED = EventKind.of("gallery.exchange-refused");

    private static final Logger LOG = System.getLogger(Gallery.class.getName());

    private final Purpose purpose;
    private final Vault vault;
    private final InstantSource clock;
    private final TemplateAging aging;
    private final Renewal renewal;
    private final Shelves shelves;
    private final Trends trends;
    private final Turns turns;
    private final Enroller enroller;
    private final Searcher searcher;
    private final Exchanges exchanges;
    private final GalleryRecords records;

    Gallery(GalleryBuilder parts) throws IOException {
        this.purpose = parts.purpose;
        this.vault = parts.vault();
        this.clock = parts.clock;
        this.aging = parts.aging;
        LawfulBasis basis = parts.lawfulBasis();
        this.records = new GalleryRecords(purpose, parts.ledger, parts.recording, clock);
        this.renewal = new Renewal(parts.store(), vault, purpose, parts.random);
        ReferenceTable.migrate(parts.store(), vault);
        renewal.resume();
        this.shelves = Shelves.open(parts);
        this.trends = new Trends(parts.store(), vault, purpose, packId(), aging);
        loadTrends();
        this.turns = new Turns("the gallery for " + purpose);
        Consents consents = new Consents(purpose, basis);
        this.enroller = new Enroller(turns, shelves, trends, consents, records, vault, clock);
        this.exchanges = new Exchanges(
                purpose,
                turns,
                shelves,
                consents,
                enroller,
                records,
                new ImportTable(parts.store(), purpose),
                clock,
                parts.random);
        this.searcher = new Searcher(
                purpose,
                new Limiter(parts.limit, parts.limitPerCaller, clock),
                new Line(parts.searchesAtOnce),
                turns,
                new Looks(shelves, records),
                new Answers(turns, shelves, trends, consents),
                records);
    }

    private void loadTrends() throws IOException {
        boolean isDone = false;
        try {
            trends.load();
            isDone = true;
        } finally {
            if (!isDone) {
                shelves.clear();
            }
        }
    }

    /** A gallery for a purpose, of templates that the pack's embedder makes. */
    public static GalleryBuilder builder(Purpose purpose, ModelPack pack) {
        return new GalleryBuilder(purpose, pack);
    }

    public Purpose purpose() {
        return purpose;
    }

    /** The pack that people are enrolled with. */
    public String packId() {
        return shelves.current().packId();
    }

    /** All packs whose references it holds: that one and, while people are enrolled anew, older ones. */
    public Set<String> packIds() {
        return turns.looking(shelves::packIds);
    }

    /** How many references there are. */
    public int size() {
        return turns.looking(shelves::size);
    }

    /** How many references are in at least one of these groups, or in all if none is given. */
    public int size(Set<String> groups) {
        return turns.looking(() -> shelves.size(groups));
    }

    /** How many searches since it was opened are not in the ledger though they should be; the log says of each why. */
    public long unrecorded() {
        return records.unrecorded();
    }

    /** As {@link #enrol(PersonId, Template, EnrolmentOptions)}: looks for duplicates, and references add up. */
    public Enrolment enrol(PersonId person, Template template) throws IOException {
        return enrol(person, template, EnrolmentOptions.DEFAULT);
    }

    /**
     * Keeps a reference of a person, of the present pack. A person whose template was shredded begins anew under a new
     * key, since there is a lawful basis again. References that are replaced go as {@link #remove} removes them.
     *
     * <p>Duplicates are looked for among the references of the present pack, since templates of different packs cannot be
     * compared. While the gallery holds an older pack, give the older pack's template of the same picture too
     * ({@link EnrolmentOptions#alsoComparing}): without it a person who is left there under another name is not found.
     *
     * @throws IOException              if it cannot be made durable, or a duplicate recorded; then nothing is kept or told
     * @throws IllegalArgumentException if another pack made the template, a template to compare is not of an older pack of
     *                                  this gallery, or duplicates are looked for at a rate outside the calibration
     */
    public Enrolment enrol(PersonId person, Template template, EnrolmentOptions options) throws IOException {
        return enroller.enrol(person, Objects.requireNonNull(template, "template"), options);
    }

    /**
     * One to many: who is this, if anyone here? A probe of a pack that {@link #dropOlderPacks()} dropped is refused as
     * {@code gallery.pack-dropped}. The search is recorded in the ledger, see {@link RecordOptions}.
     *
     * @param asked what the answer is wanted for
     * @throws IllegalArgumentException if a pack made the probe that this gallery never held since it was opened, or a false
     *                                  match rate is outside the calibration
     */
    public SearchResult identify(Purpose asked, Template probe, SearchOptions options) {
        return identifyAll(asked, List.of(Objects.requireNonNull(probe, "probe")), options)
                .get(0);
    }

    /**
     * One to many for several probes, which costs less than one after another: all see one state of the gallery, and each
     * has an answer and a record of its own.
     *
     * @return one answer for each probe, in their order
     * @throws IllegalArgumentException as for {@link #identify}; also if there are more probes than a limit ever lets through
     */
    public List<SearchResult> identifyAll(Purpose asked, List<Template> probes, SearchOptions options) {
        return searcher.identify(asked, probes, options);
    }

    /**
     * One to one: is this the person they claim to be? Known, unknown or refused, never ambiguous.
     *
     * @param asked          what the answer is wanted for
     * @param falseMatchRate at most this part of impostors is taken for the person
     * @throws IllegalArgumentException as for {@link #identify}
     */
    public SearchResult verify(Purpose asked, PersonId claimed, Template probe, double falseMatchRate) {
        return verify(asked, claimed, probe, SearchOptions.DEFAULT.withFalseMatchRate(falseMatchRate));
    }

    /** As the other, with the options of a search: who is in none of its groups is unknown; lists and margin are not asked. */
    public SearchResult verify(Purpose asked, PersonId claimed, Template probe, SearchOptions options) {
        return searcher.verify(
                asked, Objects.requireNonNull(claimed, "claimed"), Objects.requireNonNull(probe, "probe"), options);
    }

    /**
     * Removes a person from this gallery: no search finds them when this returns, the rows are deleted and the vectors in
     * memory overwritten. On SQLite no file of the store has anything of the rows any more either, neither log nor free
     * pages: that waits for reads of the store that are under way, such as a backup, while searches go on. PostgreSQL keeps
     * dead rows until its next vacuum, and what it writes ahead until it uses the files again; there
     * {@link #forget} makes what is left worthless. The key in the vault stays, since other galleries may use it.
     *
     * @return whether there was anything
     * @throws IOException if the rows cannot be deleted or a file still holds them: call again; the person is not found any
     *                     more all the same
     */
    public boolean remove(PersonId person) throws IOException {
        boolean isRemoved = turns.changing(() -> removeRows(person));
        // Outside the turn: it may have to wait.
        shelves.current().table().scrubFiles();
        return isRemoved;
    }

    private boolean removeRows(PersonId person) throws IOException {
        int inMemory = shelves.remove(person);
        trends.remove(person);
        return shelves.current().table().delete(person) > 0 || inMemory > 0;
    }

    /**
     * Removes a person and destroys the key of their face templates, so that copies and backups are worthless too, and so
     * are their references in galleries for other purposes. When this returns the wrapped key is in no file of the store
     * either; on PostgreSQL the tables are written anew for that.
     *
     * @throws IOException if rows cannot be deleted or the key cannot be destroyed: call again
     */
    public ShredCertificate forget(PersonId person) throws IOException {
        return turns.changing(() -> {
            removeRows(person);
            return vault.shred(person, DataClass.FACE_TEMPLATE);
        });
    }

    /**
     * Puts a person into these groups and takes them out of all others, with all their references; durable when it
     * returns. A search may be limited to groups ({@link SearchOptions#among}). A group is named as a zone's code is formed,
     * so that the group of who may be in a zone can have the zone's name. In the database it is sealed as a template is.
     *
     * @return false if the person is not enrolled here
     * @throws IllegalArgumentException if a name is of another form, or there are more than 256
     * @throws IOException              if it cannot be made durable; then nothing changed
     */
    public boolean assign(PersonId person, Set<String> groups) throws IOException {
        Set<String> names = GroupCodec.require(groups);
        return turns.changing(() -> {
            boolean isHere = shelves.current().table().assign(person, names) > 0;
            if (isHere) {
                shelves.assign(person, names);
            }
            return isHere;
        });
    }

    /** The groups that a person is in; none if they are not enrolled here. */
    public Set<String> groupsOf(PersonId person) {
        return turns.looking(() -> shelves.groupsOf(person));
    }

    /**
     * Revokes the key that references are turned by, and puts all of them under a new one, without the people: for when the
     * old one, or what was in this program's memory, may be known to others. What was copied of turned references
     * matches nothing here afterwards, and scores stay as they are. When this returns the old key is in no file of
     * the store any more; backups have it until they are deleted, sealed by the vault.
     *
     * <p>Searches go on meanwhile; enrolments, removals and other changes wait, and for a while twice the memory is taken. If the
     * program dies in between, each reference is under one of the two keys, and the next {@link GalleryBuilder#open}
     * completes the renewal. Galleries that other programs have open on this database go on searching, but
     * enrol nobody until they are opened again.
     *
     * @throws IOException if it cannot be completed, or another program renews one at the time; call again
     */
    public void renewReferences() throws IOException {
        renewal.run(keys -> turns.changingAtLast(
                () -> {
                    renewal.rewrite(keys);
                    return shelves.reloaded(keys.newestAlone());
                },
                shelves::replaceBy,
                () -> renewal.finish(keys)));
    }

    /**
     * Sends templates of the present pack to another site, sealed to its key and signed, as {@link ExchangeFile} says: only
     * for this gallery's purpose, of people for whom there is a lawful basis, and recorded in the ledger before. Changes wait
     * meanwhile, searches do not. If it throws, the stream has no file that anybody takes.
     *
     * @param asked what the receiver wants them for
     * @param out   not closed if nothing is sent
     * @throws IOException           if it cannot be written or recorded
     * @throws IllegalStateException if there is no ledger
     */
    public ExchangeResult export(Purpose asked, Export export, OutputStream out) throws IOException {
        return exchanges.send(asked, export, out);
    }

    /**
     * Takes the templates of another site's {@link #export}, each once and before it expires. The file is read through first:
     * if anything in it is not as it must be, or there is no lawful basis here for somebody, nothing is taken and the
     * refusal recorded. Then people are enrolled one by one, in the memory of a few; who is here under another name is left.
     *
     * @param asked  what they are wanted for
     * @param sender the Ed25519 key of the site whose files are taken
     * @throws IOException           if the file cannot be read, or something not made durable; people may be missing then, and
     *                               the export is not taken again: ask for a new one
     * @throws IllegalStateException if there is no ledger
     */
    public ExchangeResult importFrom(Purpose asked, Path file, ExchangeKey key, PublicKey sender) throws IOException {
        return exchanges.take(asked, file, key, sender);
    }

    /** How far the people have come from older packs to the present one. */
    public MigrationProgress migration() {
        return turns.looking(shelves::migration);
    }

    /**
     * Deletes the references of older packs, when everybody has one of the present pack, also from what is free in the
     * database's files. Their key stays: it is the person's, and seals the new reference too.
     *
     * @return how many references there were
     * @throws IllegalStateException if somebody is left: enrol them anew or remove them
     * @throws IOException           if they cannot be deleted; no search finds them any more all the same
     */
    public int dropOlderPacks() throws IOException {
        return turns.changing(shelves::dropOlder);
    }

    /** Who should be enrolled anew, and why: an older pack, an old reference, a face that drifts from it (ATT-15). */
    public List<ReenrolmentProposal> proposals() {
        return turns.looking(() -> Proposals.of(shelves, trends, aging, clock.instant()));
    }

    /**
     * Makes the trends of accepted probes durable; {@link #close()} does so too. Call it now and then, for example each
     * hour: what a crash loses is the share of the trends since the last time.
     *
     * @throws IOException if they cannot be written; what was not is tried again the next time
     */
    public void saveTrends() throws IOException {
        turns.changing(trends::save);
    }

    /**
     * Saves the trends, overwrites the references in memory and sends the ledger what was refused of late. Store, vault and
     * ledger stay open: they belong to the caller, and records on their way reach the ledger after this.
     */
    @Override
    public void close() {
        turns.end(() -> {
            try {
                trends.save();
            } catch (IOException e) {
                LOG.log(Level.ERROR, "the trends of the gallery for " + purpose + " could not be saved", e);
            } finally {
                shelves.clear();
                searcher.end();
            }
        });
    }

    @Override
    public String toString() {
        return "Gallery[" + purpose + ", " + packId() + "]";
    }
}
