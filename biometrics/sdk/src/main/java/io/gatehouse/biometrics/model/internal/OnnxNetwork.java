package io.gatehouse.biometrics.model.internal;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import io.gatehouse.biometrics.model.ModelFile;
import io.gatehouse.biometrics.model.ModelPack;
import io.gatehouse.biometrics.model.ModelUnavailableException;
import io.gatehouse.biometrics.model.TensorInput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * A network in ONNX Runtime, reached through DJL. Any number of threads may run it at once: the session is shared, and
 * the tensors of a run belong to a manager of that run, which frees them at its end. {@link #close()} frees the session.
 *
 * <p>A run uses one thread by default: a gate has many runs at once, and threads that wait for each other inside a run
 * of a few milliseconds cost more than they bring.
 */
public final class OnnxNetwork implements AutoCloseable {
    static {
        // DJL reads these when its classes load: it must neither report its use, look for models on the network, nor
        // search for a second engine. Who set them already keeps their setting.
        keepOrSet("OPT_OUT_TRACKING", "true");
        keepOrSet("ai.djl.offline", "true");
        keepOrSet("ai.djl.onnx.disable_alternative", "true");
    }

    private final String name;
    private final TensorInput input;
    private final Model model;
    private final ParameterStore noParameters;
    // Runs hold the read side, so that closing waits for them instead of freeing a session in use.
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    // What the rehearsal answered: how many numbers each output has for one picture.
    private final Map<String, Integer> lengths = new TreeMap<>();
    private boolean answersAlike;
    private boolean closed;

    private OnnxNetwork(String name, TensorInput input, Model model) {
        this.name = name;
        this.input = input;
        this.model = model;
        this.noParameters = new ParameterStore(model.getNDManager(), true);
    }

    /**
     * Reads a network of a pack and runs it on nothing and on noise, so that one that wants another input, or whose weights
     * are broken, is noticed now and not before a waiting person.
     *
     * @param threads how many threads a run uses
     * @throws ModelUnavailableException if the file is missing, altered, or not a network that can be run
     */
    public static OnnxNetwork open(ModelPack pack, ModelFile file, TensorInput input, int threads) {
        byte[] bytes = pack.read(file);
        Model model = Model.newInstance(file.name(), Device.cpu(), "OnnxRuntime");
        try {
            model.load(
                    new ByteArrayInputStream(bytes),
                    Map.of("intraOpNumThreads", Integer.toString(threads), "interOpNumThreads", "1"));
            OnnxNetwork network = new OnnxNetwork(file.name(), input, model);
            network.rehearse();
            return network;
        } catch (IOException | MalformedModelException | RuntimeException e) {
            model.close();
            throw new ModelUnavailableException(
                    "the model " + file.name() + " of pack " + pack.id() + " cannot be loaded: " + e.getMessage(), e);
        }
    }

    private void rehearse() {
        FloatBuffer values = ByteBuffer.allocateDirect(input.length() * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        Map<String, float[]> ofNothing = run(values, 1);
        Map<String, float[]> ofNoise = run(noise(values), 1);
        ofNothing.forEach((output, answer) -> {
            requireNumbers(output, answer);
            lengths.put(output, answer.length);
        });
        ofNoise.forEach(this::requireNumbers);
        answersAlike = ofNothing.entrySet().stream()
                .allMatch(each -> Arrays.equals(each.getValue(), ofNoise.get(each.getKey())));
    }

    /** Pixels of all brightnesses, the same at every opening. */
    private FloatBuffer noise(FloatBuffer into) {
        Random random = new Random(1);
        float mean = input.mean()[0];
        float divisor = input.divisor()[0];
        for (int i = 0; i < into.capacity(); i++) {
            into.put(i, (random.nextInt(256) - mean) / divisor);
        }
        return into.clear();
    }

    /**
     * Checks at opening that the network looks at what it is shown, and closes it if not: one whose answer never changes would
     * find no face in any picture, call everybody an attack, or give all people one template.
     *
     * @throws ModelUnavailableException if it answers nothing and noise with the very same numbers
     */
    public OnnxNetwork requireSeeing() {
        if (answersAlike) {
            close();
            throw new ModelUnavailableException("the model " + name
                    + " answers the same whatever it is shown: it is broken, or not the one for this stage");
        }
        return this;
    }

    /**
     * Checks at opening that this is the network of its stage, and closes it if not.
     *
     * @param length how many numbers its one output has for one picture
     * @throws ModelUnavailableException if it has several outputs, or one of another length
     */
    public OnnxNetwork requireSingle(int length) {
        if (lengths.size() != 1 || !lengths.containsValue(length)) {
            close();
            throw new ModelUnavailableException(
                    "the model " + name + " is not the one for this stage: it should have one" + " output of " + length
                            + " numbers and has " + lengths);
        }
        return this;
    }

    /** How many numbers each output has for one picture, by name. */
    public Map<String, Integer> lengths() {
        return Map.copyOf(lengths);
    }

    /**
     * Runs the network.
     *
     * @param values batch × channels × height × width
     * @return the outputs by name, batch first, flat
     * @throws IllegalStateException if it is closed or the run fails
     */
    public Map<String, float[]> run(FloatBuffer values, int batch) {
        if (batch < 1 || values.remaining() != batch * input.length()) {
            throw new IllegalArgumentException("the model " + name + " takes " + input.length()
                    + " numbers a picture, got " + values.remaining() + " for " + batch);
        }
        lock.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("the model " + name + " is closed");
            }
            return forward(values, batch);
        } finally {
            lock.readLock().unlock();
        }
    }

    private Map<String, float[]> forward(FloatBuffer values, int batch) {
        Shape shape = new Shape(batch, input.colourOrder().channels(), input.height(), input.width());
        try (NDManager run = model.getNDManager().newSubManager()) {
            NDArray tensor = run.create(values, shape, DataType.FLOAT32);
            tensor.setName(input.name());
            NDList outputs = model.getBlock().forward(noParameters, new NDList(tensor), false);
            outputs.attach(run);
            Map<String, float[]> byName = new HashMap<>();
            for (NDArray output : outputs) {
                byName.put(output.getName(), output.toFloatArray());
            }
            return byName;
        }
    }

    /**
     * As {@link #run(FloatBuffer, int)}, for a network with one output.
     *
     * @throws ModelUnavailableException if it has several, or one of another length
     */
    public float[] runSingle(FloatBuffer values, int batch, int length) {
        Map<String, float[]> outputs = run(values, batch);
        if (outputs.size() != 1) {
            throw new ModelUnavailableException(
                    "the model " + name + " is not the one for this stage: it has the outputs " + outputs.keySet()
                            + " where one is expected");
        }
        return output(outputs, outputs.keySet().iterator().next(), length);
    }

    /**
     * An output of a run, checked.
     *
     * @throws ModelUnavailableException if the network has no such output: it is not the model of this stage
     * @throws IllegalStateException     if it holds something that is not a number
     */
    public float[] output(Map<String, float[]> outputs, String output, int length) {
        float[] values = outputs.get(output);
        if (values == null || values.length != length) {
            throw new ModelUnavailableException("the model " + name
                    + " is not the one for this stage: it should answer '" + output + "' with " + length + " numbers");
        }
        requireNumbers(output, values);
        return values;
    }

    private void requireNumbers(String output, float[] values) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw new IllegalStateException(
                        "the model " + name + " answered " + value + " in '" + output + "': its file is broken");
            }
        }
    }

    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                model.close();
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    private static void keepOrSet(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
