package io.gatehouse.core.vault;

import io.gatehouse.core.store.Claim;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.StoreException;
import java.util.Optional;

/** The right to rotate a vault's store key: of the programs that share the vault, one does so at a time. */
record Rotation(Optional<Claim> claim) implements AutoCloseable {
    static Rotation claim(Store store) throws StoreException {
        return new Rotation(store.claim("core.vault rotation"));
    }

    boolean isOurs() {
        return claim.isPresent();
    }

    void requireOurs() throws VaultException {
        if (claim.isEmpty()) {
            throw new VaultException(
                    "Another program is rotating the store key of this vault: nothing was changed here.");
        }
    }

    @Override
    public void close() {
        claim.ifPresent(Claim::close);
    }
}
