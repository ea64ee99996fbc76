package io.gatehouse.benchmarks;

import io.gatehouse.biometrics.face.FaceAnalyser;
import io.gatehouse.biometrics.face.FaceAnalysis;
import io.gatehouse.biometrics.face.FaceOptions;
import io.gatehouse.biometrics.gallery.FaceIdentifier;
import io.gatehouse.biometrics.gallery.Gallery;
import io.gatehouse.biometrics.gallery.SearchOptions;
import io.gatehouse.biometrics.model.ModelPack;
import io.gatehouse.biometrics.model.Template;
import io.gatehouse.biometrics.picture.OpenCvFrameDecoder;
import io.gatehouse.core.evidence.FaceEvidence;
import io.gatehouse.core.frame.Frame;
import io.gatehouse.core.frame.FrameDecoder.Decoded;
import io.gatehouse.core.frame.FrameLimits;
import io.gatehouse.core.gate.Gate;
import io.gatehouse.core.identity.LawfulBasis;
import io.gatehouse.core.identity.Purpose;
import io.gatehouse.devices.door.RelayDoor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** The gate of {@link Footprint} with faces: models, liveness, and a gallery of the picture's person and of made-up ones. */
final class FaceFootprint {
    private static final int PRESENTATIONS = 100;
    private static final long SEED = 1;

    private FaceFootprint() {}

    static void measure(Path folder, Path picture) throws IOException {
        ScheduledExecutorService relocking = Executors.newSingleThreadScheduledExecutor();
        ModelPack pack = ModelPack.loadDefault();
        try (Premises premises = Premises.open(folder, Footprint.PEOPLE);
                RelayDoor door = Footprint.door(relocking);
                FaceAnalyser analyser = FaceAnalyser.open(pack, ModelPack.loadLiveness(), FaceOptions.GATE);
                Gallery gallery = gallery(premises, pack)) {
            Gate gate = premises.gate(premises.ledger(), door)
                    .faces(FaceIdentifier.create(analyser, gallery, SearchOptions.DEFAULT))
                    .build();
            FaceEvidence face = FaceEvidence.of(frame(picture));
            boolean isEmpty = gallery.size() == 0;
            gate.present(face); // Of an empty gallery a refusal, which is a decision too.
            long firstMillis = ProcessMemory.millisSinceStart();
            if (isEmpty) {
                fill(gallery, pack, template(analyser, face));
            }
            for (int i = 0; i < PRESENTATIONS; i++) {
                Footprint.present(gate, face);
            }
            System.out.println((isEmpty ? "first start, then " : "start with ") + gallery.size() + " templates");
            ProcessMemory.print(firstMillis);
        } finally {
            relocking.shutdown();
        }
    }

    private static Gallery gallery(Premises premises, ModelPack pack) throws IOException {
        return Gallery.builder(Purpose.ACCESS, pack)
                .store(premises.store())
                .vault(premises.vault())
                .lawfulBasis((person, purpose, dataClass) -> LawfulBasis.Answer.lawful())
                .ledger(premises.ledger())
                .open();
    }

    private static Frame frame(Path picture) throws IOException {
        return OpenCvFrameDecoder.create(FrameLimits.DEFAULT)
                .decode(Files.readAllBytes(picture), Instant.EPOCH, picture.toString())
                .fold(Decoded::frame, refused -> {
                    throw new IllegalArgumentException(refused.reason().text());
                });
    }

    private static Template template(FaceAnalyser analyser, FaceEvidence face) {
        FaceAnalysis analysis = analyser.analyseNearest(face.frames().get(0));
        return analysis.fold(analysed -> analysed.first().template(), noFace -> Optional.<Template>empty())
                .orElseThrow(() -> new IllegalArgumentException("the picture gives no template: " + analysis));
    }

    /** The picture's person, and vectors of random direction, which lie far from every face and from each other. */
    private static void fill(Gallery gallery, ModelPack pack, Template real) throws IOException {
        gallery.enrol(Premises.person(0), real);
        Random random = new Random(SEED);
        for (int i = 1; i < Footprint.PEOPLE; i++) {
            float[] vector = new float[real.dimension()];
            for (int j = 0; j < vector.length; j++) {
                vector[j] = (float) (random.nextGaussian() / Math.sqrt(vector.length));
            }
            gallery.enrol(Premises.person(i), Template.of(pack.id(), vector));
        }
    }
}
