package io.jenkins.plugins.changegate.engine.measure;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Gives things small numbers, from 0, the same thing always the same. Not thread-safe. */
final class Names<T> {

    private final Map<T, Integer> numbers = new HashMap<>();
    private final List<T> things = new ArrayList<>();

    int number(T thing) {
        Integer number = numbers.get(thing);
        if (number == null) {
            number = things.size();
            numbers.put(thing, number);
            things.add(thing);
        }
        return number;
    }

    T get(int number) {
        return things.get(number);
    }

    int size() {
        return things.size();
    }
}
