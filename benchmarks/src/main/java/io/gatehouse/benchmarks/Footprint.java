package io.gatehouse.benchmarks;

import io.gatehouse.core.evidence.Evidence;
import io.gatehouse.core.gate.Actuation;
import io.gatehouse.core.gate.Gate;
import io.gatehouse.core.gate.Passage;
import io.gatehouse.devices.door.RelayDoor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * What a gate takes in memory and on disk. {@code decide} opens a gate of cards and codes, {@code faces} one that
 * recognises faces too; each wants a JVM of its own and prints what the JVM and the operating system say of it at the
 * end. {@code disk} adds up the jars that each needs. Prints figures and judges none.
 */
public final class Footprint {
    static final int PEOPLE = 1_000;

    private static final int PRESENTATIONS = 200;
    private static final String USAGE = """
            Usage: Footprint decide FOLDER           a gate of cards and codes
                   Footprint faces FOLDER PICTURE    a gate that recognises faces too
                   Footprint cut PICTURE PNG         what a camera of 640×480 would see of a larger picture
                   Footprint disk LIB TREE           the jars of each: the folder they lie in, Maven's dependency tree
            FOLDER keeps the data: the first start makes them, a second finds them there.""";

    private Footprint() {}

    public static void main(String[] args) throws Exception {
        if (args.length == 2 && args[0].equals("decide")) {
            decide(Files.createDirectories(Path.of(args[1])));
        } else if (args.length == 3 && args[0].equals("faces")) {
            FaceFootprint.measure(Files.createDirectories(Path.of(args[1])), Path.of(args[2]));
        } else if (args.length == 3 && args[0].equals("cut")) {
            GatePicture.cut(Path.of(args[1]), Path.of(args[2]));
        } else if (args.length == 3 && args[0].equals("disk")) {
            DiskFootprint.print(Path.of(args[1]), Path.of(args[2]));
        } else {
            System.err.println(USAGE);
            System.exit(2);
        }
    }

    private static void decide(Path folder) throws IOException {
        ScheduledExecutorService relocking = Executors.newSingleThreadScheduledExecutor();
        try (Premises premises = Premises.open(folder, PEOPLE);
                RelayDoor door = door(relocking)) {
            Gate gate = premises.gate(premises.ledger(), door).build();
            present(gate, premises.card(0));
            long firstMillis = ProcessMemory.millisSinceStart();
            for (int i = 1; i < PRESENTATIONS; i++) {
                int person = i * PEOPLE / PRESENTATIONS;
                present(gate, i % 2 == 0 ? premises.card(person) : premises.singleUseCode(person));
            }
            ProcessMemory.print(firstMillis);
        } finally {
            relocking.shutdown();
        }
    }

    static RelayDoor door(ScheduledExecutorService relocking) {
        return RelayDoor.builder("front", on -> new Actuation.Done(), relocking).build();
    }

    /** Presents what must open the door: what a refusal takes would be another figure. */
    static void present(Gate gate, Evidence evidence) {
        Passage passage = gate.present(evidence);
        if (!passage.isOpened()) {
            throw new IllegalStateException("the door stayed shut: " + passage);
        }
    }
}
