package io.gatehouse.biometrics.gallery;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks through all arrays that the objects of a gallery hold. */
final class OwnMemory {
    private static final String OWN = "io.gatehouse.biometrics.gallery";
    private static final int MORE_THAN_CHANCE = 4;

    private OwnMemory() {}

    static Shelf shelf(Gallery gallery) {
        return ((Shelves) Objects.requireNonNull(value(field(Gallery.class, "shelves"), gallery))).current();
    }

    /** Whether several of the first numbers of a vector stand in one array; a single one may be another vector's by chance. */
    static boolean holds(Gallery gallery, float[] vector) {
        Set<Float> sought = new HashSet<>();
        for (int i = 0; i < 16; i++) {
            sought.add(vector[i]);
        }
        return arrays(gallery).stream()
                .filter(float[].class::isInstance)
                .map(float[].class::cast)
                .anyMatch(array -> {
                    Set<Float> found = new HashSet<>();
                    for (float value : array) {
                        if (sought.contains(value)) {
                            found.add(value);
                        }
                    }
                    return found.size() >= MORE_THAN_CHANCE;
                });
    }

    static boolean holds(Gallery gallery, String name) {
        return !arraysWith(gallery, name).isEmpty();
    }

    static List<byte[]> arraysWith(Gallery gallery, String name) {
        byte[] sought = name.getBytes(StandardCharsets.UTF_8);
        return arrays(gallery).stream()
                .filter(byte[].class::isInstance)
                .map(byte[].class::cast)
                .filter(array -> Arrays.equals(array, sought))
                .toList();
    }

    private static List<Object> arrays(Gallery gallery) {
        List<Object> arrays = new ArrayList<>();
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Object> open = new ArrayDeque<>();
        open.add(gallery);
        while (!open.isEmpty()) {
            Object object = open.remove();
            if (!seen.add(object)) {
                continue;
            }
            if (object.getClass().isArray()) {
                arrays.add(object);
                if (!object.getClass().getComponentType().isPrimitive()) {
                    for (int i = 0; i < Array.getLength(object); i++) {
                        addIfAny(open, Array.get(object, i));
                    }
                }
            } else if (object instanceof Map<?, ?> map) {
                open.addAll(map.values());
            } else if (object.getClass().getName().startsWith(OWN)) {
                addFields(open, object);
            }
        }
        return arrays;
    }

    private static void addFields(Deque<Object> open, Object object) {
        for (Field field : object.getClass().getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                addIfAny(open, value(field, object));
            }
        }
    }

    private static void addIfAny(Deque<Object> open, @Nullable Object object) {
        if (object != null) {
            open.add(object);
        }
    }

    private static Field field(Class<?> type, String name) {
        try {
            return type.getDeclaredField(name);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("fields are as this test knows them", e);
        }
    }

    private static @Nullable Object value(Field field, Object object) {
        try {
            field.setAccessible(true);
            return field.get(object);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("fields are as this test knows them", e);
        }
    }
}
