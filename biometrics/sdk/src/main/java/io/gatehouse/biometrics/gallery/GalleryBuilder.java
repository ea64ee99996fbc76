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
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Collects the ports of a gallery. Not thread-safe. */
public final class GalleryBuilder {
    final Purpose purpose;
    final ModelPack pack;
    Optional<Ledger> ledger = Optional.empty();
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

    /** Where refused searches are recorded; without one they are only logged. */
    public GalleryBuilder ledger(Ledger value) {
        this.ledger = Optional.of(value);
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
     * @throws IOException          if the store or the vault cannot be read, or a reference was altered
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
