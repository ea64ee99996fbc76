package io.gatehouse.biometrics.gallery;

import io.gatehouse.biometrics.model.ModelPack;
import io.gatehouse.core.identity.LawfulBasis;
import io.gatehouse.core.identity.Purpose;
import io.gatehouse.core.ledger.Ledger;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.vault.Vault;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Collects the ports of a gallery. Not thread-safe. */
public final class GalleryBuilder {
    final Purpose purpose;
    final ModelPack pack;
    Optional<Ledger> ledger = Optional.empty();
    final List<ModelPack> olderPacks = new ArrayList<>();
    boolean leavesOtherPacks;
    TemplateAging aging = TemplateAging.DEFAULT;
    InstantSource clock = Clock.systemUTC();
    SecureRandom random = new SecureRandom();
    private @Nullable Store store;
    private @Nullable Vault vault;
    private @Nullable LawfulBasis lawfulBasis;

    GalleryBuilder(Purpose purpose, ModelPack pack) {
        this.purpose = Objects.requireNonNull(purpose, "purpose");
        this.pack = Objects.requireNonNull(pack, "pack");
    }

    /** Where references are kept. */
    public GalleryBuilder store(Store value) {
        this.store = Objects.requireNonNull(value, "store");
        return this;
    }

    /** What seals them. */
    public GalleryBuilder vault(Vault value) {
        this.vault = Objects.requireNonNull(value, "vault");
        return this;
    }

    /** What is asked before a person's face is taken, and before a match is told. */
    public GalleryBuilder lawfulBasis(LawfulBasis value) {
        this.lawfulBasis = Objects.requireNonNull(value, "lawfulBasis");
        return this;
    }

    /**
     * Where refused searches are recorded; without one they are only logged. Duplicates can be allowed only with one.
     */
    public GalleryBuilder ledger(Ledger value) {
        this.ledger = Optional.of(value);
        return this;
    }

    /**
     * A pack from before, whose references can be searched, with probes that it made, until their people are enrolled anew.
     * Nobody is enrolled with it any more; whether a face is there under another name is seen only if its template of this
     * pack is given too, see {@link EnrolmentOptions#alsoComparing}.
     */
    public GalleryBuilder alsoHolding(ModelPack older) {
        olderPacks.add(Objects.requireNonNull(older, "older"));
        return this;
    }

    /**
     * Opens the gallery although it has references of packs that were not given: they stay in the store and are found by
     * no search. Without this such a gallery is not opened.
     */
    public GalleryBuilder leavingOtherPacks() {
        this.leavesOtherPacks = true;
        return this;
    }

    /** When enrolment anew is proposed. */
    public GalleryBuilder aging(TemplateAging value) {
        this.aging = Objects.requireNonNull(value, "aging");
        return this;
    }

    public GalleryBuilder clock(InstantSource value) {
        this.clock = Objects.requireNonNull(value, "clock");
        return this;
    }

    public GalleryBuilder random(SecureRandom value) {
        this.random = Objects.requireNonNull(value, "random");
        return this;
    }

    /**
     * Opens the gallery and loads its references.
     *
     * @throws IOException          if the store or the vault cannot be read, a reference was altered, or references of
     *                              a pack are there that was not given
     * @throws NullPointerException if store, vault or lawful basis were not given
     */
    public Gallery open() throws IOException {
        return new Gallery(this);
    }

    Store store() {
        return Objects.requireNonNull(store, "a gallery needs a store");
    }

    Vault vault() {
        return Objects.requireNonNull(vault, "a gallery needs a vault");
    }

    LawfulBasis lawfulBasis() {
        return Objects.requireNonNull(lawfulBasis, "a gallery needs a lawful basis");
    }
}
