package io.gatehouse.biometrics.gallery.search;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Constructor;
import java.util.List;
import java.util.Optional;

/**
 * Which form of the inner loops this Java machine runs. The one with the Vector API is a class that plain Java never
 * loads: its module is an incubator, there only where a program is started with
 * {@code --add-modules jdk.incubator.vector}.
 */
final class Kernels {
    private static final Logger LOG = System.getLogger(Kernels.class.getName());
    private static final String MODULE = "jdk.incubator.vector";
    private static final String VECTOR_KERNEL = "io.gatehouse.biometrics.gallery.search.VectorKernel";

    private Kernels() {}

    static Kernel best() {
        return vector().orElseGet(PlainKernel::new);
    }

    /** Every form that runs here, plain Java first. */
    static List<Kernel> all() {
        return vector().map(vector -> List.<Kernel>of(new PlainKernel(), vector))
                .orElseGet(() -> List.of(new PlainKernel()));
    }

    private static Optional<Kernel> vector() {
        Optional<Module> module = ModuleLayer.boot().findModule(MODULE);
        if (module.isEmpty()) {
            LOG.log(Level.DEBUG, "searching in plain Java: start with --add-modules {0} for the faster form", MODULE);
            return Optional.empty();
        }
        try {
            Kernels.class.getModule().addReads(module.get());
            Constructor<?> constructor = Class.forName(VECTOR_KERNEL).getDeclaredConstructor();
            return Optional.of((Kernel) constructor.newInstance());
        } catch (ReflectiveOperationException | LinkageError e) {
            // An incubator may change in any JDK: the plain form gives the same answers.
            LOG.log(Level.WARNING, "searching in plain Java: this JDK's " + MODULE + " is not the one expected", e);
            return Optional.empty();
        }
    }
}
