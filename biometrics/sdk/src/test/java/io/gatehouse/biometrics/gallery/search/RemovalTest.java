package io.gatehouse.biometrics.gallery.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Looks through every array that an index holds for what was removed. */
class RemovalTest {
    private static final int DIMENSION = 40;
    private static final long ID = 0x5EC1E7_0123_4567L;

    @ParameterizedTest
    @EnumSource
    @DisplayName("ATT-7 After a removal nothing of the reference is left in memory: vector, codes, norms and id")
    void leavesMemoryAsIfTheReferenceHadNeverBeen(SearchMode mode) {
        VectorIndex index = VectorIndex.create(IndexOptions.of(DIMENSION).withMode(mode));
        Crowd crowd = Crowd.crowded(DIMENSION, 21);
        for (int i = 1; i <= 1_500; i++) {
            index.add(i, crowd.person(), Set.of("hall"));
        }
        NavigableMap<Long, Integer> before = contents(index);
        index.add(ID, crowd.person(), Set.of("hall", "vault"));
        assertThat(contents(index)).isNotEqualTo(before).containsKey(ID);
        assertThat(index.remove(ID)).isTrue();
        assertThat(contents(index)).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("ATT-7 A reference removed from the middle is overwritten by the last, and that one's old place too")
    void leavesNothingWhenTheLastTakesThePlace(SearchMode mode) {
        VectorIndex index = VectorIndex.create(IndexOptions.of(DIMENSION).withMode(mode));
        VectorIndex without = VectorIndex.create(IndexOptions.of(DIMENSION).withMode(mode));
        Crowd crowd = Crowd.crowded(DIMENSION, 22);
        float[] secret = crowd.gaussian(0.3);
        secret[7] = 0.123_456_7f;
        index.add(ID, secret, Set.of("vault"));
        for (int i = 1; i <= 100; i++) {
            float[] person = crowd.person();
            index.add(i, person);
            without.add(i, person);
        }
        assertThat(index.remove(ID)).isTrue();
        NavigableMap<Long, Integer> contents = contents(index);
        assertThat(contents).doesNotContainKey(ID).doesNotContainKey((long) Float.floatToRawIntBits(secret[7]));
        if (mode != SearchMode.BOUNDED) {
            // Codes of the bounded mode follow each index's own rotation.
            assertThat(withoutPlaces(contents)).isEqualTo(withoutPlaces(contents(without)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void leavesNothingAfterReplacementAndClose(SearchMode mode) {
        VectorIndex index = VectorIndex.create(IndexOptions.of(DIMENSION).withMode(mode));
        Crowd crowd = Crowd.crowded(DIMENSION, 23);
        float[] secret = crowd.person();
        index.add(ID, secret);
        index.replace(ID, crowd.person());
        long bits = Float.floatToRawIntBits(secret[3]);
        assertThat(contents(index)).doesNotContainKey(bits).containsKey(ID);
        Segment segment = segment(index);
        VectorIndex other = VectorIndex.create(IndexOptions.of(DIMENSION).withMode(mode));
        other.add(1, crowd.person());
        other.remove(1);
        Segment unused = segment(other);
        index.close();
        assertThat(contents(segment)).isEqualTo(contents(unused));
        assertThat(contents(index)).doesNotContainKey(ID);
    }

    private static Segment segment(VectorIndex index) {
        try {
            Field field = VectorIndex.class.getDeclaredField("rows");
            field.setAccessible(true);
            return ((Rows) field.get(index)).state().segments()[0];
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("fields are as this test knows them", e);
        }
    }

    /** The table of ids holds the positions, which differ when the order does. */
    private static NavigableMap<Long, Integer> withoutPlaces(NavigableMap<Long, Integer> contents) {
        NavigableMap<Long, Integer> other = new TreeMap<>(contents);
        other.headMap(2_000L).clear();
        other.tailMap(-2_000L).headMap(0L).clear();
        return other;
    }

    /** Every number in every array that can be reached, with how often it is there. */
    private static NavigableMap<Long, Integer> contents(Object root) {
        NavigableMap<Long, Integer> numbers = new TreeMap<>();
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Object> open = new ArrayDeque<>();
        open.add(root);
        while (!open.isEmpty()) {
            Object object = open.remove();
            if (!seen.add(object)) {
                continue;
            }
            Class<?> type = object.getClass();
            if (type.isArray()) {
                for (int i = 0; i < Array.getLength(object); i++) {
                    Object element = Array.get(object, i);
                    if (type.getComponentType().isPrimitive()) {
                        numbers.merge(bits(element), 1, Integer::sum);
                    } else if (element != null) {
                        open.add(element);
                    }
                }
            } else if (object instanceof java.util.Map<?, ?> map) {
                open.addAll(map.values());
            } else if (type.getName().startsWith("io.gatehouse.biometrics.gallery.search")) {
                addFields(object, type, open);
            }
        }
        return numbers;
    }

    private static void addFields(Object object, Class<?> type, Deque<Object> open) {
        for (Field field : type.getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                try {
                    field.setAccessible(true);
                    Object value = field.get(object);
                    if (value != null) {
                        open.add(value);
                    }
                } catch (ReflectiveOperationException e) {
                    throw new LinkageError("fields are as this test knows them", e);
                }
            }
        }
    }

    private static long bits(Object number) {
        if (number instanceof Float value) {
            return Float.floatToRawIntBits(value);
        }
        return number instanceof Double value ? Double.doubleToRawLongBits(value) : ((Number) number).longValue();
    }
}
