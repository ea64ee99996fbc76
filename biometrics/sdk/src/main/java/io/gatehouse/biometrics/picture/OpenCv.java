package io.gatehouse.biometrics.picture;

import org.bytedeco.opencv.global.opencv_core;

/**
 * Loads OpenCV once a process. OpenCV is told to use one thread: a gate has many small pictures at once, each on its
 * caller's thread, and splitting a resize of 320×240 pixels costs more than it brings. That setting is OpenCV's and
 * holds for the whole process; the system property {@code gatehouse.opencv.threads} gives another number, 0 leaves it.
 */
final class OpenCv {
    static {
        int threads = Integer.getInteger("gatehouse.opencv.threads", 1);
        if (threads > 0) {
            opencv_core.setNumThreads(threads);
        }
    }

    private OpenCv() {}

    static void load() {
        // Being called is enough: the class is initialised before.
    }
}
