package io.gatehouse.core.upkeep;

import io.gatehouse.core.ledger.StoreLedger;
import io.gatehouse.core.ledger.verify.Verification;
import io.gatehouse.core.ledger.verify.VerifierKey;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.StoreMove;
import io.gatehouse.core.store.Stores;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Moves everything from SQLite to PostgreSQL from the command line, and checks by the ledger's public key that the same
 * checkpoint holds on both sides. It needs no key of the vault. The program that has the SQLite database is ended first;
 * gates buffer meanwhile, and send to the program that is started on PostgreSQL afterwards. The source stays as it is.
 * Stateless.
 */
public final class MoveTool {
    static final int MOVED = 0;
    static final int NOT_VERIFIED = 1;
    static final int NOT_POSSIBLE = 2;

    private static final String FROM_ENVIRONMENT = "env:";
    private static final String SQLITE = "sqlite:";
    private static final String USAGE = """
            Usage: MoveTool <from> <to> <verifier key>

              <from>          sqlite:<path of the database file>; nothing else may have it open
              <to>            postgresql://<user>:<password>@<host>:<port>/<database>, an empty database
              <verifier key>  of the ledger, name+hash+key, from where its keeper cannot exchange it

            Either URL can be env:<NAME>, the environment variable that holds it: what is on a command
            line others on the machine can read.

            Exit code 0: everything was moved and the ledger verifies on both sides.
                      1: the ledger does not verify; what is said tells on which side. Do not use the target.
                      2: it could not be done; the target is as it was.""";

    private MoveTool() {}

    /** As the usage says, which is shown when there are not three arguments. */
    public static void main(String[] arguments) {
        System.exit(run(arguments, System.getenv(), System.out, System.err));
    }

    static int run(String[] arguments, Map<String, String> environment, PrintStream out, PrintStream err) {
        if (arguments.length != 3) {
            err.println(USAGE);
            return NOT_POSSIBLE;
        }
        try {
            String from = requireDatabase(url(arguments[0], environment));
            VerifierKey key = VerifierKey.parse(arguments[2]);
            try (Store source = Stores.open(from);
                    Store target = Stores.open(url(arguments[1], environment))) {
                return move(source, target, key, out, err);
            }
        } catch (IOException | IllegalArgumentException e) {
            err.println("It could not be done, nothing was moved: " + e.getMessage());
            return NOT_POSSIBLE;
        }
    }

    private static int move(Store source, Store target, VerifierKey key, PrintStream out, PrintStream err)
            throws IOException {
        Verification before = StoreLedger.verify(source, key);
        if (!before.isVerified()) {
            err.println("The ledger to be moved does not verify, nothing was moved:");
            before.findings().forEach(finding -> err.println("  " + finding));
            return NOT_VERIFIED;
        }
        SortedMap<String, Long> moved = StoreMove.copy(source, target);
        moved.forEach((table, rows) -> out.println(table + ": " + rows + " rows"));
        return compare(before, after(target, key, err), out, err);
    }

    /** Null if it cannot be verified, which is no reason to say that nothing was moved. */
    private static @Nullable Verification after(Store target, VerifierKey key, PrintStream err) {
        try {
            return StoreLedger.verify(target, key);
        } catch (IOException e) {
            err.println("The target could not be read: " + e.getMessage());
            return null;
        }
    }

    private static int compare(Verification before, @Nullable Verification after, PrintStream out, PrintStream err) {
        if (!before.equals(after)) {
            err.println("Everything was moved, but the ledger in the target was not verified: do not use it, move again"
                    + " into an empty database.");
            if (after != null) {
                after.findings().forEach(finding -> err.println("  " + finding));
            }
            return NOT_VERIFIED;
        }
        String words = before.fold(
                verified -> "Moved and verified on both sides: " + verified.origin() + ", checkpoint of "
                        + verified.size() + " entries, root " + verified.rootHash(),
                refuted -> "Not verified");
        out.println(words);
        return MOVED;
    }

    private static String url(String argument, Map<String, String> environment) {
        if (!argument.startsWith(FROM_ENVIRONMENT)) {
            return argument;
        }
        String name = argument.substring(FROM_ENVIRONMENT.length());
        String value = environment.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the environment variable " + name + " is not set");
        }
        return value;
    }

    /** Opening would make one. */
    private static String requireDatabase(String url) throws IOException {
        try {
            if (!url.startsWith(SQLITE)) {
                throw new IllegalArgumentException("a move starts from " + SQLITE + "<path of the database file>");
            }
            Path file = Path.of(url.substring(SQLITE.length()));
            if (!Files.isRegularFile(file)) {
                throw new IOException("there is no database " + file);
            }
            return url;
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("the URL to move from holds no valid path: " + e.getReason(), e);
        }
    }
}
