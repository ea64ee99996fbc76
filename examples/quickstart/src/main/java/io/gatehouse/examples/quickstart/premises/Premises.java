package io.gatehouse.examples.quickstart.premises;

import io.gatehouse.biometrics.face.FaceAnalyser;
import io.gatehouse.biometrics.gallery.FaceIdentifier;
import io.gatehouse.biometrics.gallery.Gallery;
import io.gatehouse.biometrics.gallery.SearchOptions;
import io.gatehouse.biometrics.model.ModelPack;
import io.gatehouse.codes.redeem.JdbcRedemptions;
import io.gatehouse.codes.token.IssuedPass;
import io.gatehouse.core.gate.Gate;
import io.gatehouse.core.gate.PortalDriver;
import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.Person;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.identity.PersonKind;
import io.gatehouse.core.identity.Purpose;
import io.gatehouse.core.ledger.StoreLedger;
import io.gatehouse.core.place.Direction;
import io.gatehouse.core.place.Portal;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.Stores;
import io.gatehouse.core.vault.KeyEncryptionKey;
import io.gatehouse.core.vault.StoreVault;
import io.gatehouse.devices.alarm.EmergencyPlan;
import io.gatehouse.devices.alarm.EmergencyPlanBuilder;
import io.gatehouse.devices.card.CardIdentifier;
import io.gatehouse.devices.card.CardKey;
import io.gatehouse.devices.link.Links;
import io.gatehouse.examples.quickstart.cast.Cast;
import io.gatehouse.examples.quickstart.cast.CastMember;
import io.gatehouse.policy.consent.ConsentRegister;
import io.gatehouse.policy.consent.JdbcConsentRegister;
import io.gatehouse.policy.consent.Notice;
import io.gatehouse.policy.permit.PermitDecider;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * The house as a vendor would build it: a store, a vault and a ledger in one folder, rules, consents, a gallery, two
 * gates with their doors, a card reader and an emergency plan. Used by one thread; owns everything it opens.
 */
public final class Premises implements AutoCloseable {
    /** The time zone of the site. */
    public static final ZoneId TIME_ZONE = SiteMap.TIME_ZONE;

    private static final String LEDGER_ORIGIN = "gatehouse.example/quickstart";

    private static final int RECORDING_SECONDS = 10;

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final Path folder;
    private final MorningClock clock;
    private final Map<PersonId, Person> people = new HashMap<>();
    private final Map<PersonId, IssuedPass> passes = new HashMap<>();
    private final Map<CardKey, PersonId> cards = new ConcurrentHashMap<>();
    private final Store store;
    private final StoreVault vault;
    private final StoreLedger ledger;
    private final ConsentRegister consents;
    private final Notice notice;
    private final Gallery gallery;
    private final Doors doors;
    private final CardReader cardReader;
    private final PassOffice passOffice;
    private final ExecutorService emergencyRecords;
    private final Gate entrance;
    private final Gate laboratory;
    private final EmergencyPlan emergencies;

    private Premises(
            Path folder,
            Cast cast,
            ModelPack pack,
            FaceAnalyser gateAnalyser,
            MorningClock clock,
            Optional<String> port)
            throws IOException {
        this.folder = folder;
        this.clock = clock;
        enlist(cast);
        try {
            store = keep(Stores.open(folder.resolve("gatehouse.db")));
            vault = keep(openVault(store, folder));
            ledger = keep(StoreLedger.open(store, vault, LEDGER_ORIGIN, InstantSource.system()));
            consents = JdbcConsentRegister.create(store, vault, clock, ledger);
            notice = publishNotice(consents);
            gallery = keep(Gallery.builder(Purpose.ACCESS, pack)
                    .store(store)
                    .vault(vault)
                    .lawfulBasis(consents)
                    .ledger(ledger)
                    .clock(clock)
                    .open());
            Links links = Links.create();
            doors = keep(Doors.open(links, clock));
            cardReader = keep(
                    port.isPresent() ? CardReader.at(port.get(), links, clock) : CardReader.simulated(links, clock));
            passOffice = new PassOffice(clock);
            emergencyRecords = Executors.newSingleThreadExecutor();
            opened.push(this::finishRecording);
            PermitDecider decider =
                    PermitDecider.create(SiteMap.site(), id -> Optional.ofNullable(people.get(id)), SiteMap.rules());
            FaceIdentifier faces = FaceIdentifier.create(gateAnalyser, gallery, SearchOptions.DEFAULT);
            JdbcRedemptions redemptions = JdbcRedemptions.create(store);
            entrance = gate(SiteMap.ENTRANCE, faces, decider, redemptions, doors.entrance());
            laboratory = gate(SiteMap.LABORATORY_DOOR, faces, decider, redemptions, doors.laboratory());
            emergencies = emergencies(entrance, laboratory);
        } catch (IOException | RuntimeException e) {
            closeAfter(e);
            throw e;
        }
    }

    /**
     * Opens the house.
     *
     * @param folder       where its database and keys are; a second opening goes on with them
     * @param cast         who is in the directory
     * @param pack         the models of the gallery's templates
     * @param gateAnalyser what the gates look at faces with; stays the caller's
     * @param port         the serial port of a real card reader, if there is one
     */
    public static Premises open(
            Path folder,
            Cast cast,
            ModelPack pack,
            FaceAnalyser gateAnalyser,
            MorningClock clock,
            Optional<String> port)
            throws IOException {
        return new Premises(folder, cast, pack, gateAnalyser, clock, port);
    }

    /** A key file beside the data protects nothing from whoever takes the folder; a real site keeps it elsewhere. */
    private static StoreVault openVault(Store store, Path folder) throws IOException {
        try (KeyEncryptionKey outer = KeyEncryptionKey.ofKeyFile(folder.resolve("outer.key"))) {
            return StoreVault.open(store, outer, InstantSource.system());
        }
    }

    /** Each door on a thread of its own, so that none waits for another. */
    private EmergencyPlan emergencies(Gate... gates) {
        ExecutorService alarmThreads = Executors.newCachedThreadPool();
        opened.push(alarmThreads::shutdownNow);
        EmergencyPlanBuilder plan = EmergencyPlan.builder(alarmThreads).clock(clock);
        for (Gate gate : gates) {
            plan.gate(gate);
        }
        return plan.build();
    }

    private Gate gate(
            Portal portal,
            FaceIdentifier faces,
            PermitDecider decider,
            JdbcRedemptions redemptions,
            PortalDriver driver) {
        return Gate.builder(portal, Direction.ENTRY)
                .faces(faces)
                .codes(passOffice.identifier())
                .cards(CardIdentifier.create(card -> Optional.ofNullable(cards.get(card))))
                .decider(decider)
                .redemptions(redemptions)
                .driver(driver)
                .ledger(ledger)
                .emergencyRecording(emergencyRecords)
                .clock(clock)
                .build();
    }

    /** A release does not wait for the ledger; whoever closes the house does. */
    private void finishRecording() throws InterruptedException {
        emergencyRecords.shutdown();
        if (!emergencyRecords.awaitTermination(RECORDING_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("an emergency's record was not written within " + RECORDING_SECONDS + " s");
        }
    }

    private void enlist(Cast cast) {
        Set<String> laboratoryTeam = Set.of(SiteMap.STAFF, SiteMap.LABORATORY_TEAM);
        for (CastMember member : cast.members()) {
            enlist(member.id(), member.name(), Set.of(SiteMap.STAFF));
        }
        enlist(cast.first().id(), cast.first().name(), laboratoryTeam);
        enlist(cast.cardHolder().id(), cast.cardHolder().name(), laboratoryTeam);
        enlist(cast.decliner().id(), cast.decliner().name(), Set.of(SiteMap.STAFF));
    }

    private void enlist(PersonId id, String name, Set<String> groups) {
        people.put(id, new Person(id, name, PersonKind.EMPLOYEE, groups));
    }

    private static Notice publishNotice(ConsentRegister consents) throws IOException {
        Notice notice = Notice.of(
                "face-access",
                1,
                "en",
                "The entrance can recognise your face. A template is made from one picture, the picture is not kept. "
                        + "It is used to open doors, for nothing else, until you withdraw. You may use a code or a card instead.");
        consents.publish(notice, Purpose.ACCESS, DataClass.FACE_TEMPLATE);
        return notice;
    }

    public MorningClock clock() {
        return clock;
    }

    public ZoneId timeZone() {
        return TIME_ZONE;
    }

    public StoreLedger ledger() {
        return ledger;
    }

    public ConsentRegister consents() {
        return consents;
    }

    public Notice notice() {
        return notice;
    }

    public Gallery gallery() {
        return gallery;
    }

    public Doors doors() {
        return doors;
    }

    public CardReader cardReader() {
        return cardReader;
    }

    public PassOffice passes() {
        return passOffice;
    }

    public Gate entrance() {
        return entrance;
    }

    public Gate laboratory() {
        return laboratory;
    }

    public EmergencyPlan emergencies() {
        return emergencies;
    }

    /** A file in the house's folder. */
    public Path file(String name) {
        return folder.resolve(name);
    }

    /** Whether there is a lawful basis to use a person's face at the doors now. */
    public boolean mayUseFaceOf(PersonId person) {
        return consents.basisFor(person, Purpose.ACCESS, DataClass.FACE_TEMPLATE)
                .isLawful();
    }

    /** Keeps the pass that somebody was given, as their phone would. */
    public void remember(PersonId person, IssuedPass pass) {
        passes.put(person, pass);
    }

    /** The pass that somebody was given. */
    public IssuedPass passOf(PersonId person) {
        return Optional.ofNullable(passes.get(person))
                .orElseThrow(() -> new IllegalStateException("nobody gave a pass to " + person));
    }

    /** Hands out a card. */
    public void giveCard(CardKey card, PersonId holder) {
        cards.put(card, holder);
    }

    /** How somebody is called. */
    public String nameOf(PersonId id) {
        return Optional.ofNullable(people.get(id)).map(Person::name).orElse(id.value());
    }

    private <T extends AutoCloseable> T keep(T resource) {
        opened.push(resource);
        return resource;
    }

    private void closeAfter(Exception cause) {
        try {
            close();
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    /** Closes everything, the newest first; goes on after a failure and then says so. */
    @Override
    public void close() throws IOException {
        IOException failure = null;
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                failure = failure == null ? new IOException("the house could not be closed", e) : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
