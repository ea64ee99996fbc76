package io.gatehouse.policy.retain;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.keep.Keeper;
import io.gatehouse.core.keep.KeptItem;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A room that says when it deletes, item by item, so that it can be killed in between. */
record TalkingRoom(TestRoom room) implements Keeper {
    @Override
    public String name() {
        return room.name();
    }

    @Override
    public DataClass dataClass() {
        return room.dataClass();
    }

    @Override
    public String startsWith() {
        return room.startsWith();
    }

    @Override
    public List<KeptItem> startedBy(Instant until, Optional<KeptItem> after, int limit) throws IOException {
        return room.startedBy(until, after, limit);
    }

    @Override
    public void delete(List<KeptItem> items) throws IOException {
        for (KeptItem each : items) {
            System.out.println("deletes");
            room.delete(List.of(each));
        }
    }

    @Override
    public boolean keeps(KeptItem item) throws IOException {
        return room.keeps(item);
    }

    @Override
    public boolean keepsAnyOf(PersonId owner) throws IOException {
        System.out.println("is asked");
        return room.keepsAnyOf(owner);
    }

    @Override
    public List<KeptItem> itemsOf(PersonId owner) throws IOException {
        return room.itemsOf(owner);
    }

    @Override
    public Optional<byte[]> sealedSample(KeptItem item) throws IOException {
        return room.sealedSample(item);
    }
}
