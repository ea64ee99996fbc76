package io.gatehouse.biometrics.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A set of networks that belong together: a descriptor {@code pack.json} and the files beside it, in a folder of the
 * class path or of the disk. Loading checks every file's digest and licence; reading a file checks the digest again.
 * Immutable and thread-safe. Everything here throws {@link ModelUnavailableException} if a model is missing, altered or
 * under a licence that the {@link LicencePolicy} does not take.
 */
public final class ModelPack {
    /** The class-path folder of the artifact {@code gatehouse-biometrics-models}. */
    public static final String DEFAULT_FOLDER = "io/gatehouse/biometrics/models";

    /** The class-path folder of the artifact {@code gatehouse-biometrics-models-liveness}. */
    public static final String LIVENESS_FOLDER = "io/gatehouse/biometrics/models/liveness";

    private static final String DESCRIPTOR = "pack.json";
    private static final int MAX_DESCRIPTOR_BYTES = 4 << 20;
    private static final int MAX_MODEL_BYTES = 1 << 30;

    private final PackDescriptor descriptor;
    private final String where;
    // By digest, since a pack that is completed by another has files of both.
    private final Map<String, Folder> folders;

    private ModelPack(PackDescriptor descriptor, String where, Map<String, Folder> folders) {
        this.descriptor = descriptor;
        this.where = where;
        this.folders = Map.copyOf(folders);
    }

    /** Detector, landmarks and embedder of the artifact {@code gatehouse-biometrics-models}. */
    public static ModelPack loadDefault() {
        return load(
                ModelPack.class.getClassLoader(),
                DEFAULT_FOLDER,
                "gatehouse-biometrics-models",
                LicencePolicy.permissive());
    }

    /**
     * The same networks with landmarks looked at a second time: templates depend less on how the detector drew its box,
     * for the time of two more runs of the landmarks. They are not comparable with those of the default pack.
     */
    public static ModelPack loadSteady() {
        Folder folder = classPath(ModelPack.class.getClassLoader(), DEFAULT_FOLDER, "gatehouse-biometrics-models");
        return load(folder, "pack-steady.json", LicencePolicy.permissive());
    }

    /** The liveness model of the artifact {@code gatehouse-biometrics-models-liveness}. */
    public static ModelPack loadLiveness() {
        return load(
                ModelPack.class.getClassLoader(),
                LIVENESS_FOLDER,
                "gatehouse-biometrics-models-liveness",
                LicencePolicy.permissive());
    }

    /** A pack from a folder of the class path, for example {@link #DEFAULT_FOLDER}. */
    public static ModelPack load(ClassLoader loader, String folder) {
        return load(loader, folder, LicencePolicy.permissive());
    }

    /** As {@link #load(ClassLoader, String)}, with another word on licences. */
    public static ModelPack load(ClassLoader loader, String folder, LicencePolicy licences) {
        return load(loader, folder, "the artifact that holds it", licences);
    }

    private static ModelPack load(ClassLoader loader, String folder, String artifact, LicencePolicy licences) {
        return load(classPath(loader, folder, artifact), DESCRIPTOR, licences);
    }

    private static Folder classPath(ClassLoader loader, String folder, String artifact) {
        return new Folder() {
            @Override
            public InputStream open(String file) throws IOException {
                InputStream stream = loader.getResourceAsStream(folder + "/" + file);
                if (stream == null) {
                    throw new ModelUnavailableException(
                            "the model file " + folder + "/" + file + " is not on the class path: add " + artifact);
                }
                return stream;
            }

            @Override
            public String toString() {
                return "class path " + folder;
            }
        };
    }

    /** A pack from a folder of the disk. */
    public static ModelPack load(Path directory) {
        return load(directory, LicencePolicy.permissive());
    }

    /** As {@link #load(Path)}, with another word on licences. */
    public static ModelPack load(Path directory, LicencePolicy licences) {
        Objects.requireNonNull(directory, "directory");
        Folder from = new Folder() {
            @Override
            public InputStream open(String file) throws IOException {
                Path path = directory.resolve(file);
                if (!Files.isRegularFile(path)) {
                    throw new ModelUnavailableException(
                            "there is no model file " + path + ": give the folder of a model pack");
                }
                return Files.newInputStream(path);
            }

            @Override
            public String toString() {
                return "folder " + directory;
            }
        };
        return load(from, DESCRIPTOR, licences);
    }

    private static ModelPack load(Folder folder, String named, LicencePolicy licences) {
        byte[] json = bytes(folder, named, MAX_DESCRIPTOR_BYTES);
        PackDescriptor descriptor = PackDescriptor.parse(json, folder.toString());
        Map<String, Folder> folders = new HashMap<>();
        descriptor.files().forEach(file -> folders.put(file.sha256(), folder));
        ModelPack pack = new ModelPack(descriptor, folder.toString(), folders);
        descriptor.files().forEach(file -> {
            pack.requireLicence(file, folder, licences);
            pack.read(file);
        });
        return pack;
    }

    private void requireLicence(ModelFile file, Folder folder, LicencePolicy licences) {
        Optional<String> refusal = licences.refusal(file);
        if (refusal.isPresent()) {
            throw new ModelUnavailableException("the model " + file.name() + " of pack " + id() + " is not taken: "
                    + refusal.get() + ": whoever has the right to use it loads the pack with"
                    + " LicencePolicy.permissive().acceptLicence(\"" + file.licence() + "\")");
        }
        for (String text : file.licenceFiles()) {
            bytes(folder, text, MAX_DESCRIPTOR_BYTES);
        }
    }

    /**
     * This pack, with the stages that it lacks from another, for example an embedder of one's own with the shipped
     * detector and landmarks. If that changes what templates are, the new pack's id is made of both.
     */
    public ModelPack completedBy(ModelPack other) {
        Map<String, Folder> both = new HashMap<>(other.folders);
        both.putAll(folders);
        return new ModelPack(descriptor.completedBy(other.descriptor), where + " completed by " + other.where, both);
    }

    /** Which pack this is; every template carries it. */
    public String id() {
        return descriptor.id();
    }

    public String name() {
        return descriptor.name();
    }

    public String version() {
        return descriptor.version();
    }

    public Optional<DetectorModel> detector() {
        return descriptor.detector();
    }

    public Optional<LandmarkModel> landmarks() {
        return descriptor.landmarks();
    }

    public Optional<EmbedderModel> embedder() {
        return descriptor.embedder();
    }

    public Optional<LivenessModel> liveness() {
        return descriptor.liveness();
    }

    /** The detector, or an exception that says that this pack has none. The same for the other stages. */
    public DetectorModel requireDetector() {
        return detector().orElseThrow(() -> lacking("detector"));
    }

    public LandmarkModel requireLandmarks() {
        return landmarks().orElseThrow(() -> lacking("landmark model"));
    }

    public EmbedderModel requireEmbedder() {
        return embedder().orElseThrow(() -> lacking("embedder"));
    }

    public LivenessModel requireLiveness() {
        return liveness().orElseThrow(() -> lacking("liveness model"));
    }

    /**
     * The same pack, whose distances mean what another calibration says: one of the vendor's own pictures, or one that was
     * put in force later. Templates stay comparable.
     */
    public ModelPack withCalibration(Calibration calibration) {
        return new ModelPack(descriptor.withEmbedder(requireEmbedder().withCalibration(calibration)), where, folders);
    }

    /** The bytes of a file of this pack, checked against its digest. */
    public byte[] read(ModelFile file) {
        Folder folder = folders.get(file.sha256());
        if (folder == null) {
            throw new ModelUnavailableException("the model file " + file.name() + " is not of the pack " + id());
        }
        byte[] bytes = bytes(folder, file.name(), MAX_MODEL_BYTES);
        String digest = sha256(bytes);
        if (!digest.equals(file.sha256())) {
            throw new ModelUnavailableException("the model file " + file.name() + " in " + folder
                    + " was altered or cut short: its SHA-256 is " + digest + ", the descriptor says "
                    + file.sha256() + ": fetch the pack again");
        }
        return bytes;
    }

    private ModelUnavailableException lacking(String stage) {
        return new ModelUnavailableException(
                "the model pack " + id() + " (" + where + ") has no " + stage + ": give a pack that has one");
    }

    private static byte[] bytes(Folder folder, String file, int limit) {
        try (InputStream stream = folder.open(file)) {
            byte[] bytes = stream.readNBytes(limit);
            if (bytes.length == limit) {
                throw new ModelUnavailableException(
                        file + " in " + folder + " has more than " + (limit - 1) + " bytes");
            }
            return bytes;
        } catch (IOException e) {
            throw new ModelUnavailableException("cannot read " + file + " in " + folder + ": " + e.getMessage(), e);
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "ModelPack[" + id() + ", " + where + "]";
    }

    /** Where a pack's files lie. */
    private interface Folder {
        InputStream open(String file) throws IOException;
    }
}
